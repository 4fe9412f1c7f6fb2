"""One mail among others: what becomes of it changes nothing for its neighbours, and what was lost is taken up in time."""

import datetime
import re
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from kb_site.accounts.models import Invitation
from kb_site.accounts.tasks import mail_invitation
from kb_site.mailing import send
from kb_site.mailing.bounces import may_write_to
from kb_site.mailing.compose import Attachment, Mail
from kb_site.mailing.models import Delivery
from kb_site.mailing.tasks import defer_mail
from kb_site.mailing.tokens import reply_address
from tests.factories import StructureFactory, UserFactory

pytestmark = pytest.mark.django_db

State = Delivery.State


def ready(**fields):
    """Return a mail that waits, to an account of its own; `fields` as stored."""
    delivery = Delivery.objects.create(
        key=f"essai:{Delivery.objects.count()}", mail="passkeys_changed", recipient=UserFactory()
    )
    Delivery.objects.filter(pk=delivery.pk).update(**fields)
    return delivery


def states(*deliveries):
    return [Delivery.objects.get(pk=delivery.pk).state for delivery in deliveries]


def test_a_mail_leaves_alone_whatever_waits_beside_it():
    before, asked, after = ready(), ready(), ready()
    send.send(asked.pk)
    assert [message.to for message in mail.outbox] == [[asked.recipient.email]]
    assert states(before, asked, after) == [State.READY, State.SENT, State.READY]


@pytest.mark.parametrize("state", [state for state in State if state != State.READY])
def test_a_mail_that_is_not_ready_does_not_leave(state):
    delivery = ready(state=state)
    send.send(delivery.pk)
    assert mail.outbox == []
    assert states(delivery) == [state]


def test_a_mail_to_a_closed_account_is_dropped_and_the_others_wait():
    closed, other = ready(), ready()
    closed.recipient.is_active = False
    closed.recipient.save()
    send.send(closed.pk)
    assert mail.outbox == []
    assert states(closed, other) == [State.SKIPPED, State.READY]


def test_an_invitation_that_leaves_says_nothing_of_the_others():
    structure = StructureFactory()
    sent, other = (Invitation.objects.create(structure=structure, email=f"{name}@exemple.fr") for name in ("jo", "lou"))
    mail_invitation(invitation=sent.pk)
    other.refresh_from_db()
    assert other.mailed_at is None
    mail_invitation(invitation=other.pk)
    assert [message.to for message in mail.outbox] == [["jo@exemple.fr"], ["lou@exemple.fr"]]


@pytest.mark.parametrize(("code", "for_good"), [(499, False), (500, True), (550, True)])
def test_a_refusal_of_the_address_is_for_good_from_500_on(monkeypatch, code, for_good):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (code, b"no")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    delivery = ready()
    if for_good:
        send.send(delivery.pk)
    else:
        with pytest.raises(send.MailRefused):
            send.send(delivery.pk)
    assert states(delivery) == [State.STOPPED if for_good else State.READY]
    assert may_write_to(delivery.recipient.email, wanted_only=False) is not for_good


@pytest.mark.parametrize("code", [451, 550])
def test_a_refusal_that_is_about_the_site_never_stops_the_address(monkeypatch, code):
    def refuse(self, messages):
        raise smtplib.SMTPDataError(code, b"no")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    delivery = ready()
    with pytest.raises(send.MailRefused):
        send.send(delivery.pk)
    assert states(delivery) == [State.READY]
    assert may_write_to(delivery.recipient.email, wanted_only=False)


def test_the_mails_of_two_days_that_did_not_leave_are_taken_up_and_no_other():
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    waiting, old, young = (ready(created_at=now - age) for age in (47 * hour, 51 * hour, hour / 2))
    ready(created_at=now - 47 * hour, state=State.SENT)
    ours = {waiting.pk, old.pk, young.pk}
    found = {delivery.pk for delivery in send.forgotten_deliveries(before=now - 2 * hour)}
    assert found & ours == {waiting.pk}
    assert not Delivery.objects.filter(pk__in=found).exclude(state=State.READY).exists()


def test_a_mail_whose_process_died_while_it_left_is_uncertain_after_a_time_and_never_sent_again():
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    lost = ready(state=State.SENDING, handed_at=now - 3 * hour)
    leaving = ready(state=State.SENDING, handed_at=now)
    sent = ready(state=State.SENT, handed_at=now - 3 * hour)
    assert send.give_up_on_lost_deliveries(before=now - 2 * hour) == 1
    assert states(lost, leaving, sent) == [State.UNCERTAIN, State.SENDING, State.SENT]


def test_a_mail_that_may_be_stopped_says_how_and_one_that_may_not_does_not():
    delivery = ready()
    send.send(delivery.pk)
    (about_the_account,) = mail.outbox
    assert "List-Unsubscribe" not in about_the_account.extra_headers
    assert about_the_account.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_mail_has_one_name_of_its_own_whoever_sends_it_again():
    first, second = ready(), ready()
    for delivery in (first, second):
        send.send(delivery.pk)
    names = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(set(names)) == 2
    again = send.render(send.composer("passkeys_changed")(to=first.recipient), first.recipient, key=first.key)
    assert again.extra_headers["Message-ID"] == names[0]


def test_the_same_key_queues_once():
    person = UserFactory()
    for _time in range(2):
        defer_mail("passkeys_changed", to=person, key="essai:une-fois")
    assert Delivery.objects.filter(recipient=person).count() == 1


def test_a_mail_says_what_it_answers_where_it_is_answered_and_what_it_carries(settings):
    """What mail readers need to gather a conversation, and the mail server to bring an answer back."""
    settings.DEFAULT_FROM_EMAIL = "Passe-relais <bonjour@exemple.fr>"
    settings.REPLY_ADDRESS = "reponse@exemple.fr"
    person = UserFactory()
    plain = send.render(Mail("passkeys_changed"), person, key="un")
    assert "References" not in plain.extra_headers
    assert plain.reply_to == []
    assert re.fullmatch(r"<[0-9a-f]{32}@exemple\.fr>", plain.extra_headers["Message-ID"])
    files = (Attachment("seance.ics", b"BEGIN:VCALENDAR", "text/calendar"),)
    asked = Mail("passkeys_changed", reply=("comment", 7), thread="un", attachments=files)
    answered = send.render(asked, person, key="deux")
    assert answered.extra_headers["References"] == plain.extra_headers["Message-ID"]
    assert answered.extra_headers["In-Reply-To"] == plain.extra_headers["Message-ID"]
    assert answered.reply_to == [reply_address(person=person.pk, handler="comment", about=7)]
    assert [tuple(file) for file in answered.attachments] == [("seance.ics", "BEGIN:VCALENDAR", "text/calendar")]
    settings.DEFAULT_FROM_EMAIL = "root"
    assert send.render(Mail("passkeys_changed"), person, key="un").extra_headers["Message-ID"].endswith("@localhost>")
