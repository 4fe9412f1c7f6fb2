"""The pages of sessions: light, cheap whatever the number of things they show."""

import datetime
import gzip

import pytest
from django.utils import timezone

from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.models import AgendaItem, Session
from tests.answers import elements
from tests.queries import queries_of
from tests.stylesheets import served

pytestmark = pytest.mark.django_db

BLOCKING = served("site", "groups", "sessions")
COMING = "Lean coffee de décembre"
PUBLIC = "Atelier : mesurer la data de nos outils, téléphone en main"
DRAFT = "Codéveloppement : une situation de rupture"
POLL = "Tour de table : l’heure numérique du vendredi"
CIP = "/groupes/cip-ile-de-france/"


def address_of(title):
    return Session.objects.get(title=title).get_absolute_url()


PAGES = [
    (None, "/seances/"),
    ("membre", "/seances/"),
    ("animation", "/seances/"),
    (None, PUBLIC),
    ("membre", PUBLIC),
    ("membre", COMING),
    ("animation", COMING),
    (None, CIP),
    ("animation", CIP),
    ("membre", "/seances/agenda/"),
    ("animation", "/seances/nouvelle/cip-ile-de-france/"),
    ("animation", "/seances/nouvelle/cip-ile-de-france/?methode=lean-coffee"),
    ("animation", (COMING, "ordre-du-jour/")),
    ("animation", (COMING, "modifier/")),
    ("animation", (COMING, "deroule/")),
    ("animation", (COMING, "inscrits/")),
    ("membre", (COMING, "sujets/")),
    ("animation", (DRAFT, "dates/")),
    ("animation", (DRAFT, "deroule/")),
    ("lucie", (POLL, "")),
    ("edition-parcours", (POLL, "dates/")),
]


@pytest.mark.parametrize(("role", "place"), PAGES)
def test_a_page_is_light_and_cheap(signed_in, role, place):
    browser = signed_in(role)
    title, end = place if isinstance(place, tuple) else (place, "")
    address = title if title.startswith("/") else address_of(title) + end
    html = browser.get(address).content
    assert len(gzip.compress(html)) + len(gzip.compress(BLOCKING)) <= 14_000
    assert elements(html.decode()) <= 250
    asked = queries_of(browser, address)
    assert len(asked) <= (12 if role else 8), "\n".join(asked)


def test_the_calendar_costs_the_same_whatever_its_length(signed_in):
    browser = signed_in("membre")
    few = len(queries_of(browser, "/seances/"))
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    for number in range(25):
        starts_at = timezone.now() + datetime.timedelta(days=number + 1)
        Session.objects.create(
            group=group, title=f"Séance {number}", format="atelier", starts_at=starts_at, state="open"
        )
    assert len(queries_of(browser, "/seances/")) == few


def test_a_session_costs_the_same_whatever_its_agenda(signed_in, account):
    browser = signed_in("membre")
    address = address_of(COMING)
    few = len(queries_of(browser, address))
    session = Session.objects.get(title=COMING)
    for number in range(16):
        AgendaItem.objects.create(session=session, title=f"Point {number}", bearer=account("karim"))
    assert len(queries_of(browser, address)) == few
    html = browser.get(address).content
    assert elements(html.decode()) <= 250
