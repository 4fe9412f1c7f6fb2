"""From a draft to published minutes: who hears of it, who may change what, until when."""

import datetime
import uuid

import pytest
from django.utils import timezone

from exchange_groups.minutes.choices import AmendmentState, MinutesState
from exchange_groups.minutes.models import Amendment, Minutes
from exchange_groups.minutes.services import review
from exchange_groups.minutes.services.errors import (
    AmendmentsWaiting,
    EmptyMinutes,
    NotWaiting,
    WindowClosed,
    WindowOpen,
    WordMissing,
)
from exchange_groups.minutes.tasks import close_amendment_windows
from exchange_groups.models import Membership
from exchange_groups.sessions.choices import SessionState
from exchange_groups.sessions.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_review(deliver, minutes, account):
    review.send_for_review(minutes=minutes, by=account("karim"))
    minutes.refresh_from_db()
    return minutes


@pytest.fixture
def ask(in_review, account, line):
    def asked(text="On garde le lundi, à 9 h.", about="On garde", **fields):
        found = line(about) if about else None
        return review.propose_amendment(minutes=in_review, author=account("membre"), line=found, text=text, **fields)

    return asked


def close(minutes):
    Minutes.objects.filter(pk=minutes.pk).update(amendable_until=timezone.now() - datetime.timedelta(minutes=1))
    minutes.refresh_from_db()


# Sent


def test_those_who_were_there_receive_the_minutes_and_have_five_whole_days(in_review, deliver):
    mails = {message.to[0]: message for message in deliver()}
    assert set(mails) == {"membre@example.org", "animation@example.org"}
    assert "On garde le lundi." in mails["membre@example.org"].body
    until = timezone.localtime(in_review.amendable_until)
    assert (until.date() - timezone.localdate(in_review.sent_at)).days == 5
    assert (until.hour, until.minute) == (23, 59)
    assert Session.objects.get(pk=in_review.session_id).state == SessionState.IN_REVIEW


def test_someone_who_left_the_group_before_the_mail_leaves_receives_nothing(in_review, account, deliver):
    Membership.objects.filter(user=account("membre")).update(left_at=timezone.now())
    assert {message.to[0] for message in deliver()} == {"animation@example.org"}


def test_only_those_who_were_there_read_minutes_in_review(signed_in, in_review):
    here = in_review.get_absolute_url()
    expected = {"membre": 200, "karim": 200, "animation": 200, "edition": 404, "partenaire": 404, "coordination": 404}
    assert {name: signed_in(name).get(here).status_code for name in expected} == expected


def test_empty_minutes_are_not_sent(held, account):
    held.session.notes.all().delete()
    minutes = Minutes.objects.create(session=held.session)
    with pytest.raises(EmptyMinutes):
        review.send_for_review(minutes=minutes, by=account("karim"))


def test_words_that_name_someone_are_shown_before_sending(signed_in, minutes, line):
    line_ = line("On garde")
    line_.text = "Appeler M. Diallo au 06 12 34 56 78."
    line_.save()
    browser = signed_in("karim")
    here = minutes.get_absolute_url() + "relecture/"
    assert "M. Diallo" in browser.get(here).content.decode()
    assert browser.post(here).status_code == 422
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.DRAFT
    assert browser.post(here, {"relu": "1"}).status_code == 303


def test_words_that_name_someone_are_masked_in_one_tap_before_sending(signed_in, minutes, line):
    line_ = line("On garde")
    line_.text = minutes.summary = "Appeler M. Diallo au 06 12 34 56 78."
    line_.save()
    minutes.save()
    here = minutes.get_absolute_url() + "relecture/"
    assert signed_in("karim").post(here, {"masquer": "1"}).status_code == 303
    for kept in (line_, minutes):
        kept.refresh_from_db()
    assert line_.text == minutes.summary == "Appeler M. [nom] au [téléphone]."
    assert minutes.state == MinutesState.DRAFT
    assert signed_in("karim").post(here).status_code == 303


# Amended


def test_a_participant_proposes_the_secretary_accepts_with_a_word_and_the_author_hears(
    signed_in, in_review, line, deliver
):
    deliver()
    here = in_review.get_absolute_url()
    data = {"text": "On garde le lundi, à 9 h.", "reason": "L’heure manque.", "submission_key": uuid.uuid4()}
    browser = signed_in("membre")
    for _time in range(2):  # a double click
        assert browser.post(f"{here}demander/{line('On garde').pk}/", data).status_code == 303
    asked = Amendment.objects.get(minutes=in_review)
    decide = f"{here}demandes/{asked.pk}/"
    assert "L’heure manque." in signed_in("karim").get(decide).content.decode()
    signed_in("karim").post(decide, {"verdict": "accepter", "text": asked.text, "answer": "Bien vu."})
    assert line("On garde").text == "On garde le lundi, à 9 h."
    (message,) = deliver()
    assert message.to == ["membre@example.org"]
    assert "Bien vu." in message.body


def test_a_refusal_says_why(ask, account, signed_in, line):
    asked = ask()
    with pytest.raises(WordMissing):
        review.decide_amendment(amendment=asked, by=account("karim"), accepted=False)
    here = asked.minutes.get_absolute_url() + f"demandes/{asked.pk}/"
    response = signed_in("karim").post(here, {"verdict": "refuser", "text": "x", "answer": ""})
    assert response.status_code == 422
    assert "Dites pourquoi" in response.content.decode()
    signed_in("karim").post(here, {"verdict": "refuser", "text": "x", "answer": "Le groupe a voté lundi."})
    asked.refresh_from_db()
    assert asked.state == AmendmentState.REFUSED
    assert line("On garde").text == "On garde le lundi."


def test_a_missing_line_is_added_when_it_is_accepted(ask, account):
    asked = ask(text="Awa a montré sa trame.", about=None)
    review.decide_amendment(amendment=asked, by=account("karim"), accepted=True)
    assert asked.minutes.lines.standing().last().text == "Awa a montré sa trame."


def test_whoever_decides_sees_that_the_line_changed_since(ask, account, signed_in, line):
    from exchange_groups.minutes.services.writing import Edit, edit_lines

    asked = ask()
    edit_lines(minutes=asked.minutes, by=account("animation"), edits={line("On garde").pk: Edit("On garde mardi.", 1)})
    page = signed_in("karim").get(asked.minutes.get_absolute_url() + f"demandes/{asked.pk}/").content.decode()
    assert "La ligne a changé depuis" in page
    assert "On garde mardi." in page


def test_others_neither_amend_nor_decide(signed_in, ask, line):
    asked = ask()
    here = asked.minutes.get_absolute_url()
    assert signed_in("edition").get(f"{here}demander/{line('On garde').pk}/").status_code == 404
    assert signed_in("membre").get(f"{here}demandes/{asked.pk}/").status_code == 404
    assert "On garde le lundi, à 9 h." not in signed_in("animation").get(here + "synthese/").content.decode()


def test_nothing_is_asked_once_the_window_has_closed(in_review, ask, signed_in, line):
    close(in_review)
    with pytest.raises(WindowClosed):
        ask()
    response = signed_in("membre").post(f"{in_review.get_absolute_url()}demander/{line('On garde').pk}/", {"text": "x"})
    assert response.status_code == 302
    assert not Amendment.objects.filter(minutes=in_review).exists()


# Closed, validated, published


def test_the_clock_closes_the_window_and_tells_who_facilitates_once(in_review, deliver):
    deliver()
    close_amendment_windows(0)
    assert deliver() == []
    close(in_review)
    close_amendment_windows(0)
    close_amendment_windows(0)
    (message,) = deliver()
    assert message.to == ["animation@example.org"]
    assert message.subject.startswith("À valider")


def test_minutes_are_validated_after_the_window_and_every_answer(in_review, ask, account):
    asked = ask()
    with pytest.raises(WindowOpen):
        review.validate_minutes(minutes=in_review, by=account("animation"))
    close(in_review)
    with pytest.raises(AmendmentsWaiting):
        review.validate_minutes(minutes=in_review, by=account("animation"))
    review.decide_amendment(amendment=asked, by=account("karim"), accepted=False, answer="Non.")
    review.validate_minutes(minutes=in_review, by=account("animation"))
    assert Session.objects.get(pk=in_review.session_id).state == SessionState.CLOSED
    with pytest.raises(NotWaiting):
        review.validate_minutes(minutes=in_review, by=account("animation"))


def test_the_secretary_alone_does_not_validate(in_review, signed_in):
    close(in_review)
    assert signed_in("karim").post(in_review.get_absolute_url() + "etat/", {"etape": "valider"}).status_code == 404
    assert signed_in("animation").post(in_review.get_absolute_url() + "etat/", {"etape": "valider"}).status_code == 303
    in_review.refresh_from_db()
    assert in_review.state == MinutesState.VALIDATED


@pytest.fixture
def published(in_review, account, deliver):
    deliver()
    close(in_review)
    review.validate_minutes(minutes=in_review, by=account("animation"))
    review.publish_minutes(minutes=in_review, by=account("animation"))
    in_review.refresh_from_db()
    return in_review


def test_publication_opens_minutes_to_the_group_alone_and_tells_its_members_once(published, signed_in, perform):
    from kb_site.notifications.models import Notification

    perform("spread", times=2)
    told = Notification.objects.filter(kind="minutes_published", object_id=published.pk)
    assert sorted(told.values_list("recipient__email", flat=True)) == [
        "edition@example.org",
        "karim@example.org",
        "membre@example.org",
    ]
    here = published.get_absolute_url()
    expected = {"edition": 200, "partenaire": 404, "coordination": 404, "lucie": 404, None: 302, "attente": 403}
    assert {name: signed_in(name).get(here).status_code for name in expected} == expected


def test_published_minutes_no_longer_change(published, signed_in):
    here = published.get_absolute_url()
    assert signed_in("karim").get(here + "synthese/").status_code == 302
    assert (
        signed_in("karim").post(here + "points/0/", {"nouvelle-text": "x", "nouvelle-kind": "note"}).status_code == 302
    )
    assert "Modifier" not in signed_in("karim").get(here).content.decode()


def test_taken_back_they_leave_the_group_until_they_are_read_again(published, signed_in):
    signed_in("animation").post(published.get_absolute_url() + "etat/", {"etape": "reprendre"})
    assert signed_in("edition").get(published.get_absolute_url()).status_code == 404
    published.refresh_from_db()
    assert published.state == MinutesState.DRAFT


# Closed before its day


def test_the_review_ends_once_all_who_were_there_find_nothing_to_change(signed_in, in_review, deliver):
    deliver()
    here, door = in_review.get_absolute_url(), f"{in_review.get_absolute_url()}d-accord/"
    assert "Tout est juste" in signed_in("membre").get(here).content.decode()
    assert "0 sur 1 personne présente trouve tout juste" in signed_in("karim").get(here).content.decode()
    assert signed_in("karim").post(door).status_code == 303  # who wrote it has no say
    in_review.refresh_from_db()
    assert in_review.is_amendable
    signed_in("membre").post(door)
    in_review.refresh_from_db()
    assert not in_review.is_amendable
    assert [(mail.to[0], "Valider" in mail.body or "valider" in mail.body) for mail in deliver()] == [
        ("animation@example.org", True)
    ]
    close_amendment_windows(timestamp=0)
    assert deliver() == []
    review.validate_minutes(minutes=in_review, by=in_review.session.facilitator)


def test_a_request_that_waits_keeps_the_review_open(in_review, ask, account):
    ask()
    assert review.agree(minutes=in_review, by=account("membre")) is False
    in_review.refresh_from_db()
    assert in_review.is_amendable


def test_who_agreed_is_asked_again_when_the_words_change(in_review, account, line):
    from exchange_groups.minutes.services import writing

    Minutes.agreed_by.through.objects.create(minutes_id=in_review.pk, user_id=account("membre").pk)
    writing.move_line(minutes=in_review, line_id=line("Trois").pk, up=False)
    assert in_review.agreed_by.count() == 1
    writing.set_words(line("Trois"), "Quatre structures.", by=account("karim"))
    assert in_review.agreed_by.count() == 0
