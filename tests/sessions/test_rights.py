"""Nothing of a session of a closed group shows to those outside; how to join is for those who come."""

import pytest

from exchange_groups.sessions.models import Registration, Session
from exchange_groups.sessions.permissions import rights_on

pytestmark = pytest.mark.django_db

SECRETS = ["01 99 00 12 34", "4521 88#", "visio.example.org/cip-idf", "Lean coffee de décembre"]
OUTSIDE = [None, "attente", "partenaire", "lucie", "coordination", "admin"]
PLACES = ["/seances/", "/groupes/cip-ile-de-france/", "/groupes/", "/"]


@pytest.mark.parametrize("outsider", OUTSIDE)
@pytest.mark.parametrize("place", PLACES)
def test_an_outsider_reads_nothing_of_a_closed_session(signed_in, outsider, place):
    page = signed_in(outsider).get(place).content.decode()
    assert not [secret for secret in SECRETS if secret in page]
    assert outsider == "lucie" or "Poser ses limites" not in page  # she is in that peer group


@pytest.mark.parametrize("outsider", OUTSIDE)
def test_an_outsider_has_no_page_of_a_closed_session(signed_in, coming, outsider):
    answer = signed_in(outsider).get(coming.get_absolute_url())
    assert answer.status_code == (302 if outsider is None else 404)


def test_a_member_reads_how_to_join(signed_in, coming):
    page = signed_in("membre").get(coming.get_absolute_url()).content.decode()
    assert all(secret in page for secret in SECRETS)
    assert "nviron 30 Mo en audio, 800 Mo en vidéo" in page


@pytest.mark.parametrize("reader", [None, "attente", "lucie", "coordination"])
def test_a_public_session_tells_when_but_not_how_to_join(signed_in, public, reader):
    page = signed_in(reader).get(public.get_absolute_url()).content.decode()
    assert public.title in page
    assert "visio.example.org" not in page
    assert "01 99 00 88 10" not in page
    assert "Comparer nos relevés" not in page


def test_a_registered_person_from_outside_the_group_reads_how_to_join_and_no_talk(signed_in, account, public):
    Registration.objects.create(session=public, user=account("lucie"))
    page = signed_in("lucie").get(public.get_absolute_url()).content.decode()
    assert "01 99 00 88 10" in page
    assert "Comparer nos relevés" not in page


def test_a_draft_is_known_to_those_who_run_it_only(signed_in):
    draft = Session.objects.get(title__startswith="Codéveloppement")
    assert signed_in("animation").get(draft.get_absolute_url()).status_code == 200
    assert signed_in("membre").get(draft.get_absolute_url()).status_code == 404
    assert draft.title in signed_in("animation").get("/seances/").content.decode()
    assert draft.title not in signed_in("membre").get("/seances/").content.decode()


def test_rights_of_each_person(account, coming, public):
    assert rights_on(coming, account("animation")).runs
    assert rights_on(coming, account("karim")).runs  # secretary
    assert not rights_on(coming, account("membre")).runs
    assert rights_on(coming, account("membre")).joins
    assert rights_on(public, account("lucie")).joins
    assert not rights_on(public, account("attente")).joins


def test_an_old_address_leads_to_the_session(signed_in, coming):
    answer = signed_in("membre").get(f"/seances/{coming.pk}-ancien-titre/")
    assert answer.status_code == 302
    assert answer.url == coming.get_absolute_url()
