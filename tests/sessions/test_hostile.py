"""Forms and addresses of sessions answer whatever is thrown at them, and echo nothing as HTML."""

import pytest
from django.test import Client

from exchange_groups.sessions.links import DATES, PLACE, path_for
from exchange_groups.sessions.models import Session

pytestmark = pytest.mark.django_db

STRINGS = [
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "a\x00b",
    "99999999999999999999999",
    "-1",
    "²",
    "'; DROP TABLE members_user; --",
    "\N{PILE OF POO}\N{RIGHT-TO-LEFT OVERRIDE}é" * 50,
    "x" * 1_000_000,
    "2027-02-30",
    "25:61",
]
SESSION = (
    "submission_key title day start end place video_link phone_number phone_code tool capacity objective preparation "
    "secretary themes is_public suite"
).split()
FORMS = [
    ("/seances/nouvelle/cip-ile-de-france/?methode=lean-coffee", SESSION),
    ("{coming}modifier/", SESSION),
    ("{coming}annuler/", ["reason"]),
    ("{coming}inscription/", ["place"]),
    ("{coming}sujets/", ["title", "detail", "type", "personal_data_checked"]),
    ("{coming}ordre-du-jour/", ["point", "minutes-1", "faire"]),
    ("{coming}dates/repondre/", ["date-1"]),
    ("{draft}dates/", ["day_1", "hour_1", "day_2", "hour_2"]),
    ("{coming}deroule/", ["etape-TOTAL_FORMS", "etape-INITIAL_FORMS", "etape-0-id", "etape-0-name", "etape-0-minutes"]),
]


@pytest.mark.parametrize("number", range(len(STRINGS)))
@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_form_is_answered(signed_in, coming, draft, form, number):
    address, names = form
    browser = signed_in("animation")
    place = address.format(coming=coming.get_absolute_url(), draft=draft.get_absolute_url())
    answer = browser.post(place, dict.fromkeys(names, STRINGS[number]) | {"suite": "ouvrir"})
    assert answer.status_code < 500
    assert b"<script>alert" not in answer.content
    page = browser.get(Session.objects.get(pk=coming.pk).get_absolute_url())
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


@pytest.mark.parametrize("number", range(len(STRINGS)))
def test_a_hostile_answer_to_a_mail_is_answered(account, coming, poll, number):
    links = [
        path_for(DATES, session=poll, user=account("lucie")),
        path_for(PLACE, session=coming, user=account("karim")),
    ]
    for link in links:
        text = STRINGS[number][:2000]
        assert Client().get(link, {"d": text, "r": text}).status_code < 500
        assert Client().post(link, {f"date-{text}": text, "place": text}).status_code < 500


def test_the_key_of_another_group_s_session_makes_another_session(signed_in, public):
    values = {"submission_key": str(public.uid), "title": "À nous", "suite": "brouillon"}
    address = "/seances/nouvelle/cip-ile-de-france/?methode=lean-coffee"
    assert signed_in("animation").post(address, values).status_code == 303
    assert Session.objects.get(title="À nous").group.slug == "cip-ile-de-france"
