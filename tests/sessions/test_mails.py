"""The mails of sessions: whole for those who only read mail, sent once, never to who may not know."""

import datetime
import re

import pytest
from django.utils import timezone
from icalendar import Calendar

from exchange_groups.models import Membership
from exchange_groups.sessions.models import Registration, Session
from exchange_groups.sessions.services import dates, preparing
from exchange_groups.sessions.services.places import register, withdraw
from exchange_groups.sessions.tasks import send_reminders
from kb_site.notifications.models import CadenceChoice

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime.datetime(2030, 1, 10, 13))


@pytest.fixture
def fixed(coming, settings):
    """The session on a day that does not change, so that its mails are compared word for word."""
    settings.SITE_URL = "https://passe-relais.example.org"
    coming.starts_at = NOON
    coming.save()
    return coming


# Word for word they are in tests/mails/; here, what each carries for those who only read mail.
APPOINTMENT = [
    "10 janvier 2030",
    "visio.example.org/cip-idf",
    "01 99 00 12 34, code 4521 88#",
    "30 Mo en audio, 800 Mo",
]


def carries(message, *words):
    text = f"{message.subject}\n{message.body}"
    assert [missing for missing in words if missing not in text] == []
    ((html, _kind),) = message.alternatives
    assert "<img" not in html


def test_the_mail_of_a_poll(fixed, deliver):
    Session.objects.filter(pk=fixed.pk).update(state="draft")
    dates.offer_dates(session=fixed, starts=[NOON, NOON + datetime.timedelta(days=1, hours=4, minutes=30)])
    carries(deliver()["membre"][0], "jeudi 10 janvier 2030 à 13\N{NO-BREAK SPACE}h", "Si besoin :", "r=oui")


def test_the_mail_of_an_invitation(fixed, deliver):
    Session.objects.filter(pk=fixed.pk).update(state="draft")
    preparing.open_session(session=fixed)
    (message,) = deliver()["membre"]
    carries(message, *APPOINTMENT, "Je m’inscris :", "1. Recevoir une photo", "Ajouter à mon agenda")
    ((name, content, media_type),) = message.attachments
    assert (name, media_type) == ("seance.ics", "text/calendar; method=PUBLISH")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert "01 99 00 12 34" in event["DESCRIPTION"]


def test_the_mail_of_a_place(fixed, account, deliver):
    register(session=fixed, user=account("membre"))
    carries(deliver()["membre"][0], *APPOINTMENT, "Je ne viens plus :")


def test_the_mail_of_the_waiting_list(fixed, account, deliver):
    Session.objects.filter(pk=fixed.pk).update(capacity=3)
    register(session=fixed, user=account("membre"))
    (message,) = deliver()["membre"]
    carries(message, *APPOINTMENT, "Si une place se libère, elle est à vous")
    assert message.attachments == []


def test_the_mail_of_a_promotion(fixed, account, deliver):
    Session.objects.filter(pk=fixed.pk).update(capacity=3)
    register(session=fixed, user=account("membre"))
    deliver()
    withdraw(session=fixed, user=account("edition"))
    carries(deliver()["membre"][0], *APPOINTMENT, "Une place s’est libérée", "Je ne viens plus :")


def test_the_mail_of_a_reminder(fixed, deliver):
    Registration.objects.filter(session=fixed).update(registered_at=NOON - datetime.timedelta(days=30))
    send_reminders(NOON - datetime.timedelta(hours=23))
    carries(deliver()["karim"][0], *APPOINTMENT, "Rappel", "Je ne viens plus :")


def test_the_mail_of_a_move(fixed, deliver):
    preparing.change_session(session=fixed, values={"starts_at": NOON + datetime.timedelta(hours=1)})
    carries(deliver()["karim"][0], *APPOINTMENT, "de 14\N{NO-BREAK SPACE}h", "Votre place est gardée")


def test_the_mail_of_a_cancellation(fixed, deliver):
    preparing.cancel_session(session=fixed, reason="La salle est prise.")
    (message,) = deliver()["karim"]
    carries(message, "est annulée", "    La salle est prise.")
    assert message.attachments[0][2].endswith("method=CANCEL")


# Reminders


def test_reminders_leave_a_week_and_a_day_before_and_once(fixed, deliver):
    Registration.objects.filter(session=fixed).update(registered_at=NOON - datetime.timedelta(days=30))
    moments = [
        (NOON - datetime.timedelta(days=8), 0),
        (NOON - datetime.timedelta(days=7), 3),
        (NOON - datetime.timedelta(days=6, hours=23), 0),
        (NOON - datetime.timedelta(days=1, minutes=1), 0),
        (NOON - datetime.timedelta(hours=23), 3),
        (NOON - datetime.timedelta(hours=22), 0),
        (NOON + datetime.timedelta(hours=1), 0),
    ]
    for moment, expected in moments:
        send_reminders(moment)
        assert sum(map(len, deliver().values())) == expected, moment
        send_reminders(moment)
        assert deliver() == {}


def test_who_has_just_registered_is_reminded_the_day_before_only(fixed, account, deliver):
    registration = register(session=fixed, user=account("membre"))
    Registration.objects.filter(pk=registration.pk).update(registered_at=NOON - datetime.timedelta(days=5))
    deliver()
    send_reminders(NOON - datetime.timedelta(days=4))
    assert "membre" not in deliver()
    send_reminders(NOON - datetime.timedelta(hours=20))
    assert "membre" in deliver()


def test_neither_those_who_wait_nor_those_who_gave_up_are_reminded(fixed, account, deliver):
    Registration.objects.filter(session=fixed).update(registered_at=NOON - datetime.timedelta(days=30))
    Registration.objects.filter(session=fixed, user=account("karim")).update(state="waiting")
    Registration.objects.filter(session=fixed, user=account("edition")).update(state="withdrawn")
    send_reminders(NOON - datetime.timedelta(hours=20))
    assert set(deliver()) == {"animation"}


def test_a_session_that_moved_is_reminded_anew(fixed, deliver):
    Registration.objects.filter(session=fixed).update(registered_at=NOON - datetime.timedelta(days=30))
    send_reminders(NOON - datetime.timedelta(hours=20))
    assert len(deliver()) == 3
    preparing.change_session(session=fixed, values={"starts_at": NOON + datetime.timedelta(days=3)})
    deliver()
    send_reminders(NOON + datetime.timedelta(days=2, hours=4))
    assert len(deliver()) == 3


# Who is written to


def test_invitations_and_reminders_are_stopped_by_the_person_and_changes_still_come(fixed, account, deliver):
    CadenceChoice.objects.create(user=account("karim"), kind="session_invitation", cadence="never")
    Registration.objects.filter(session=fixed).update(registered_at=NOON - datetime.timedelta(days=30))
    send_reminders(NOON - datetime.timedelta(hours=20))
    assert "karim" not in deliver()
    preparing.change_session(session=fixed, values={"place": "Ailleurs"})
    assert "karim" in deliver()


def test_who_left_between_the_change_and_the_mail_receives_nothing(fixed, account, deliver):
    preparing.change_session(session=fixed, values={"place": "Ailleurs"})
    Membership.objects.filter(user=account("edition")).update(left_at=timezone.now())
    assert "edition" not in deliver()


def test_a_mail_to_a_person_from_outside_the_group_says_nothing_of_its_talk(public, account, deliver):
    Session.objects.filter(pk=public.pk).update(starts_at=NOON, ends_at=NOON + datetime.timedelta(hours=2))
    register(session=public, user=account("lucie"))
    deliver()
    Registration.objects.filter(session=public).update(registered_at=NOON - datetime.timedelta(days=30))
    send_reminders(NOON - datetime.timedelta(hours=20))
    (message,) = deliver()["lucie"]
    assert "01 99 00 88 10" in message.body
    assert "Comparer nos relevés" not in message.body
    assert "Ordre du jour" not in message.body


def test_a_mail_opened_by_many_names_no_link_of_another(fixed, deliver):
    Session.objects.filter(pk=fixed.pk).update(state="draft")
    preparing.open_session(session=fixed)
    links = {name: re.search(r"/seances/place/(\S+)/", left[0].body).group(1) for name, left in deliver().items()}
    assert len(set(links.values())) == len(links)
