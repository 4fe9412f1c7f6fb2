"""A mail leaves at most once, whoever sends it at the same instant and whatever becomes of the line."""

import smtplib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections

from exchange_groups.models import ExchangeGroup
from exchange_groups.services.invitations import invite_by_mail
from exchange_groups.tasks import send_invitation
from kb_site.accounts.models import Invitation, Structure, User
from kb_site.accounts.tasks import mail_invitation as mail_structure_invitation
from kb_site.mailing import send
from kb_site.mailing.models import Delivery
from kb_site.mailing.tasks import defer_mail
from practices.editorial.services.experts import invite_expert
from practices.editorial.tasks import mail_invitation as mail_expert_invitation
from practices.models import PracticePage


def to_an_account():
    defer_mail("passkeys_changed", to=User.objects.get(email="karim@example.org"))
    delivery = Delivery.objects.latest("pk")
    return lambda: send.send(delivery.pk)


def to_a_colleague():
    invitation = Invitation.objects.create(structure=Structure.objects.earliest("pk"), email="jo@example.net")
    return lambda: mail_structure_invitation(invitation=invitation.pk)


def to_the_invited_of_a_group():
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    (invitation,) = invite_by_mail(
        group=group, emails=["jo@example.net"], by=User.objects.get(email="animation@example.org")
    )
    return lambda: send_invitation(invitation=str(invitation.pk))


def to_an_expert():
    invitation = invite_expert(
        card=PracticePage.objects.get(title="Le répondeur de l’équipe"),
        by=User.objects.get(email="edition@example.org"),
        name="Jeanne Démo",
        email="jeanne@example.org",
    )
    return lambda: mail_expert_invitation(invitation=invitation.pk)


each_mail = pytest.mark.parametrize("prepare", [to_an_account, to_a_colleague, to_the_invited_of_a_group, to_an_expert])


class BothOnTheLine(EmailBackend):
    """A mail server where neither of two workers goes on before the other has reached it too."""

    both = threading.Barrier(2)

    def open(self):
        self.both.wait(20)


@each_mail
@pytest.mark.usefixtures("committed_site")
def test_two_workers_with_the_same_mail_hand_it_over_once(prepare, settings, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.BothOnTheLine"
    job = prepare()

    def work():
        try:
            job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=2) as workers:
        for worker in [workers.submit(work), workers.submit(work)]:
            worker.result()
    assert len(mailoutbox) == 1


@each_mail
@pytest.mark.django_db
def test_a_line_cut_while_the_server_takes_the_mail_never_sends_it_twice(prepare, mailoutbox, monkeypatch):
    take = EmailBackend.send_messages

    def take_and_die(self, messages):
        take(self, messages)
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", take_and_die)
    job = prepare()
    job()
    job()
    assert len(mailoutbox) == 1


@each_mail
@pytest.mark.django_db
def test_a_server_that_says_later_receives_the_mail_at_the_next_try(prepare, mailoutbox, monkeypatch):
    def refuse(*args):
        raise smtplib.SMTPDataError(451, b"try later")

    job = prepare()
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(send.MailRefused):
            job()
    assert mailoutbox == []
    job()
    assert len(mailoutbox) == 1


@each_mail
@pytest.mark.django_db
def test_an_address_that_its_server_refuses_for_good_is_not_tried_again(prepare, mailoutbox, monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"unknown")})

    job = prepare()
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        job()
    job()
    assert mailoutbox == []
