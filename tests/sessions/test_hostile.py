"""Forms and addresses of sessions answer whatever is thrown at them, and echo nothing as HTML."""

import pytest
from django.db import transaction
from django.test import Client

from exchange_groups.sessions.calendars import calendar_file
from exchange_groups.sessions.models import AgendaItem, Session
from exchange_groups.sessions.services import preparing
from exchange_groups.sessions.services.agenda import propose_item
from exchange_groups.sessions.tokens import DATES, PLACE, path_for

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


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0])
def test_a_hostile_form_is_answered(signed_in, coming, draft, form):
    address, names = form
    browser = signed_in("animation")
    place = address.format(coming=coming.get_absolute_url(), draft=draft.get_absolute_url())
    wrong = []
    for text in STRINGS:
        with transaction.atomic():
            answers = [browser.post(place, dict.fromkeys(names, text) | {"suite": "ouvrir"})]
            if answers[0].status_code < 400:  # something was written: the page shows it
                answers.append(browser.get(Session.objects.get(pk=coming.pk).get_absolute_url()))
            transaction.set_rollback(True)
        shown = [b"<script>alert" in answer.content for answer in answers]
        if any(shown) or answers[0].status_code >= 500 or {answer.status_code for answer in answers[1:]} - {200}:
            wrong.append((text[:40], [answer.status_code for answer in answers], shown))
    assert wrong == []


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


@pytest.mark.parametrize(("day", "hour"), [("0001-01-01", "00:00"), ("9999-12-31", "23:59")])
def test_a_year_that_no_group_means_is_refused(signed_in, draft, day, hour):
    browser = signed_in("animation")
    values = {"title": "À nous", "day": day, "start": hour, "suite": "brouillon"}
    assert browser.post("/seances/nouvelle/cip-ile-de-france/?methode=lean-coffee", values).status_code == 422
    values = {"day_1": day, "hour_1": hour, "day_2": "2027-03-01", "hour_2": "12:00"}
    assert browser.post(f"{draft.get_absolute_url()}dates/", values).status_code == 422


def test_a_line_break_in_a_title_neither_adds_a_header_nor_stops_the_mails(draft, deliver):
    draft.title = "Un titre\r\nBcc: x@example.org"
    draft.save()
    preparing.open_session(session=draft)
    sent = [message for messages in deliver().values() for message in messages]
    assert any("Un titre Bcc: x@example.org" in message.subject for message in sent)
    assert not any(message.bcc for message in sent)


@pytest.mark.parametrize("text", ['a"b', "a\rb", "a\nb", "a\x01b", "a;b:c,d", "x\r\nEND:VEVENT\rX-EVIL:y"])
def test_no_text_adds_a_line_to_a_calendar_file(coming, text):
    coming.group.name = coming.title = coming.place = coming.objective = text
    content = calendar_file(coming, with_access=True)
    lines = content.replace(b"\r\n ", b"").replace(b"\r", b"\n").split(b"\n")
    assert not any(line.startswith(b"X-EVIL") for line in lines)
    assert lines.count(b"END:VEVENT") == 1


def test_words_proposed_again_after_two_items_of_the_same_title_are_found_again(coming, account):
    person = account("animation")
    for _number in range(2):
        AgendaItem.objects.create(session=coming, title="Deux fois", proposed_by=person)
    propose_item(session=coming, by=person, title="Deux fois")
    assert coming.items.filter(title="Deux fois").count() == 2
