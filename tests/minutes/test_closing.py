"""A group that closes after having opened a session and its minutes takes both back, by every path."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from exchange_groups.choices import Confidentiality, GroupState
from exchange_groups.minutes.choices import MinutesState
from exchange_groups.minutes.models import Minutes
from exchange_groups.models import ExchangeGroup

pytestmark = pytest.mark.django_db
WORD = "zygomatique"
PAGES = ["/", "/seances/", "/seances/?quand=passees", "/seances/comptes-rendus/", "/sitemap.xml", "/groupes/"]
SEARCHES = ["/recherche/", "/recherche/suggestions/", "/recherche/ressemblantes/", "/recherche/flux/"]


@pytest.fixture
def opened(minutes, line):
    """A public session with a public version of its minutes."""
    session = minutes.session
    session.is_public, session.title, session.objective = True, f"La {WORD} partagée", f"Parler de {WORD}"
    session.save()
    chosen = line("forfait")
    chosen.public_text, chosen.is_public = f"Le besoin {WORD}", True
    chosen.save()
    minutes.state, minutes.published_at = MinutesState.PUBLISHED, timezone.now()
    minutes.public_at, minutes.public_title = timezone.now(), f"Titre {WORD}"
    minutes.save()
    return Minutes.objects.get(pk=minutes.pk)


def addresses(minutes):
    session = minutes.session.get_absolute_url()
    public = minutes.get_public_url()
    return [session, f"{session}agenda.ics", public, f"{public.rstrip('/')}.md", f"{public.rstrip('/')}.docx"]


def told(browser, minutes):
    """Return the addresses that tell of the session."""
    found = []
    for address in [*PAGES, minutes.session.group.get_absolute_url(), *addresses(minutes)]:
        answer = browser.get(address)
        if answer.status_code == 200 and (address.endswith("docx") or WORD in answer.content.decode()):
            found.append(address)
    for address in SEARCHES:
        answer = browser.get(address, {"q": "zygomatiques"})
        if answer.status_code == 200 and WORD in answer.content.decode().replace("zygomatiques", ""):
            found.append(address)
        misspelt = browser.get(address, {"q": "zigomatique"})
        if WORD in misspelt.content.decode():
            found.append(f"{address} (correction)")
    return found


CHANGES = [{"confidentiality": Confidentiality.ENTRE_PAIRS}, {"state": GroupState.PREPARING}]


def test_nothing_is_told_to_who_is_not_in_it(opened, signed_in):
    roles = ("", "mediateur", "partenaire", "attente")
    browsers = {role: signed_in(role) if role else Client() for role in roles}
    before = {role: len(told(browser, opened)) for role, browser in browsers.items()}
    assert {role: count for role, count in before.items() if count <= 6} == {}
    for change in CHANGES:
        with transaction.atomic():
            group = ExchangeGroup.objects.get(pk=opened.session.group_id)
            for name, value in change.items():
                setattr(group, name, value)
            group.save()
            after = {role: told(browser, opened) for role, browser in browsers.items()}
            transaction.set_rollback(True)
        assert {role: found for role, found in after.items() if found} == {}, change
