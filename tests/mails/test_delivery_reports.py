"""What servers send back to the return path of a mail: counted for its reader, and only from who carried the mail."""

import pytest
from django.test import Client

from kb_site.mailing.models import AddressProblem
from kb_site.mailing.return_path import person_behind, return_path
from kb_site.mailing.send import render
from kb_site.mails import MAILS

from . import composing

pytestmark = pytest.mark.django_db
SECRET = "secret-partagé"
FULL, GONE, LATE, FILTERED = "5.2.2", "5.1.1", "4.4.1", "5.7.1"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.MAIL_WEBHOOK_SECRET, settings.BOUNCE_ADDRESS = SECRET, "retours@exemple.fr"


def report(to, status=GONE, action="failed", key="1"):
    return (
        f"From: MAILER-DAEMON@mx.exemple.fr\r\nTo: {to}\r\nMessage-ID: <{key}@mx.exemple.fr>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nVotre message est revenu.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.exemple.fr\r\n\r\n"
        f"Final-Recipient: rfc822; quelqu-un@ailleurs.example\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b--\r\n"
    ).encode()


def hand_over(raw):
    headers = {"authorization": f"Bearer {SECRET}"}
    return Client().post("/courriels/retours/", raw, content_type="message/rfc822", headers=headers).json()


def problems():
    return list(AddressProblem.objects.values_list("email", "kind", "count"))


def test_a_mail_leaves_with_a_return_path_of_its_own_and_the_name_of_the_site(settings):
    to, ids = composing.account_approved()
    message = render(MAILS["account_approved"](to=to, **ids), to, key="essai")
    assert message.from_email == return_path(to)
    assert settings.DEFAULT_FROM_EMAIL.partition("<")[2].rstrip(">") in message.message()["From"]
    settings.BOUNCE_ADDRESS = ""
    assert "retours" not in render(MAILS["account_approved"](to=to, **ids), to, key="essai").from_email


def test_a_report_counts_once_for_the_person_whatever_it_names(account):
    person = account("karim")
    assert hand_over(report(return_path(person))) == {"recorded": 1, "ignored": 0}
    hand_over(report(return_path(person)))
    assert problems() == [(person.email, "bounce", 1)]


@pytest.mark.parametrize("status", [FULL, LATE, FILTERED])
def test_what_does_not_last_is_no_refusal_and_what_arrives_lifts_it(account, status):
    person = account("karim")
    hand_over(report(return_path(person), status))
    assert problems() == [(person.email, "soft_bounce", 1)]
    hand_over(report(return_path(person), "2.0.0", "delivered", key="2"))
    assert not AddressProblem.objects.filter(lifted_at=None).exists()


def test_who_does_not_know_the_return_path_stops_nobody(account):
    person = account("karim")
    known = return_path(person)
    forged = [f"retours+{person.pk}.{'a' * 16}@exemple.fr", "retours@exemple.fr", f"autre{known}", person.email]
    for number, address in enumerate(forged):
        assert hand_over(report(address, key=str(number))) == {"recorded": 0, "ignored": 1}
    person.email = "nouvelle@example.org"
    person.save(update_fields=["email"])
    assert person_behind(known) is None
    assert hand_over(report(known, key="9")) == {"recorded": 0, "ignored": 1}
    assert problems() == []


def test_what_is_no_report_and_what_is_only_late_are_left_out(account):
    address = return_path(account("karim"))
    absent = f"From: karim@example.org\r\nTo: {address}\r\nAuto-Submitted: auto-replied\r\n\r\nJe suis absent.".encode()
    for raw in (absent, report(address, LATE, "delayed"), b"\r\n", b"\xff\xfe\x00"):
        assert hand_over(raw) == {"recorded": 0, "ignored": 1}
    assert problems() == []
