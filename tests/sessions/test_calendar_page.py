"""The calendar: what one may join, filtered by the address; nothing of what one may not know."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from exchange_groups.sessions.models import Session

pytestmark = pytest.mark.django_db
CIP, PUBLIC = "Lean coffee de décembre", "Atelier : mesurer la data de nos outils, téléphone en main"
PAST = "Lean coffee : garder le contact sans épuiser les forfaits"
PEERS = "Poser ses limites sans lâcher la personne"


def shown(browser, query=""):
    calendar = browser.get(f"/seances/{query}").context["calendar"]
    return [session.title for session in [*calendar.page, *calendar.undated]]


def values(browser):
    choices = browser.get("/seances/").context["calendar"].choices
    return {choice.name: [value for value, _label in choice.values] for choice in choices}


def test_each_sees_what_they_may_know_of(signed_in):
    assert shown(Client()) == [PUBLIC]
    assert shown(signed_in("coordination")) == [PUBLIC]
    assert shown(signed_in("membre")) == [CIP, PUBLIC]
    assert set(shown(signed_in("lucie"))) == {PUBLIC, PEERS, "Tour de table : l’heure numérique du vendredi"}


def test_past_sessions_are_apart(signed_in):
    assert shown(signed_in("membre"), "?quand=passees") == [PAST, "Tour de table : ce que nos outils coûtent en data"]
    assert shown(Client(), "?quand=passees") == []


def test_filters_are_in_the_address(signed_in):
    browser = signed_in("membre")
    assert shown(browser, "?groupe=cip-ile-de-france") == [CIP]
    assert shown(browser, "?theme=inclusion-numerique") == [PUBLIC]
    assert shown(browser, "?theme=inclusion-numerique&groupe=cip-ile-de-france") == []
    territory = values(browser)["territoire"][0]
    assert shown(browser, f"?territoire={territory}")
    html = browser.get("/seances/?theme=inclusion-numerique&groupe=cip-ile-de-france").content.decode()
    assert "Aucune séance avec ces filtres" in html
    assert 'href="?theme=inclusion-numerique' in html or "groupe=cip-ile-de-france" in html


def test_the_filters_themselves_tell_an_outsider_nothing(signed_in):
    assert values(Client())["groupe"] == ["siae-numeriques"]
    assert "paroles-de-permanents" not in values(signed_in("membre"))["groupe"]
    assert "paroles-de-permanents" in values(signed_in("lucie"))["groupe"]
    assert shown(Client(), "?groupe=cip-ile-de-france") == [PUBLIC]  # unknown to a visitor: left out


HOSTILE = [
    "?page=-1",
    "?page=x",
    "?page=99999999999999999999",
    "?groupe=%00",
    "?theme='\"><script>",
    "?territoire=%F0%9F%92%A9",
]


@pytest.mark.parametrize("query", [*HOSTILE, "?quand=autre"])
def test_a_made_up_address_is_answered(query):
    answer = Client().get(f"/seances/{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace('<script src="', "")


def test_an_empty_calendar_helps(signed_in):
    Session.objects.all().delete()
    assert "connectez-vous" in Client().get("/seances/").content.decode()
    assert "voir les groupes" in signed_in("membre").get("/seances/").content.decode()


def test_one_s_own_places_are_shown(signed_in):
    assert "vous avez une place" in signed_in("karim").get("/seances/").content.decode()
    assert "vous avez une place" not in signed_in("membre").get("/seances/").content.decode()


def test_pages_follow_one_another_and_keep_the_filters(signed_in, cip):
    for number in range(12):
        starts_at = timezone.now() + datetime.timedelta(days=30 + number)
        Session.objects.create(group=cip, title=f"S{number}", format="atelier", starts_at=starts_at, state="open")
    browser = signed_in("membre")
    html = browser.get("/seances/?groupe=cip-ile-de-france").content.decode()
    assert "?groupe=cip-ile-de-france&amp;page=2" in html
    assert shown(browser, "?groupe=cip-ile-de-france&page=2") == ["S9", "S10", "S11"]


def test_the_sitemap_has_public_sessions_only():
    html = Client().get("/sitemap.xml").content.decode()
    assert Session.objects.get(title=PUBLIC).get_absolute_url() in html
    for title in (CIP, PEERS, PAST):
        assert Session.objects.get(title=title).get_absolute_url() not in html
