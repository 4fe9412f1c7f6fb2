"""The mails of accounts."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.accounts.models import User
from kb_site.accounts.services import approval
from kb_site.mailing.tasks import defer_mail

from .acting import deliver

pytestmark = pytest.mark.django_db


def test_every_mail_has_a_text_and_an_html_body(person, coordinator):
    user = person()
    approval.announce_account(user=user)
    approval.approve_account(user=user, by=coordinator)
    waiting = person("eva@exemple.fr", structure_declared="L’Été & Cie <b>")
    defer_mail("account_to_approve", to=coordinator, account=waiting.pk)
    refused = person("luc@exemple.fr")
    approval.refuse_account(user=refused, by=coordinator)
    sent = deliver()
    assert {message.subject.split(" :")[0] for message in sent} == {
        "Un compte à valider", "Votre compte est validé", "Votre demande de compte",
    }  # fmt: skip
    for message in sent:
        ((html, kind),) = message.alternatives
        assert kind == "text/html"
        assert '<html lang="fr">' in html
        assert 'content="light dark"' in html
        assert "http" in message.body
        assert "{{" not in message.body + html
        assert "{%" not in message.body + html
    to_approve = next(message for message in sent if "à valider" in message.subject)
    assert "L’Été & Cie <b>" in to_approve.body
    assert "L’Été &amp; Cie &lt;b&gt;" in to_approve.alternatives[0][0]


def test_a_mail_that_has_lost_its_reason_is_not_sent(person, coordinator):
    user = person()
    approval.announce_account(user=user)
    approval.refuse_account(user=user, by=coordinator)
    User.objects.filter(pk=user.pk).update(status=User.Status.APPROVED)
    assert deliver() == []


def test_a_mail_job_holds_no_personal_data(person, coordinator):
    approval.approve_account(user=person(), by=coordinator)
    args = ProcrastinateJob.objects.filter(queue_name="mails").latest("id").args
    assert "Sam" not in str(args)
    assert "@" not in str(args)


# Every screen that a person can reach


@pytest.mark.parametrize("name", ["account_inactive", "account_logout", "account_signup", "account_reset_password"])
def test_other_screens_answer(browser, name):
    assert browser.get(reverse(name), follow=True).status_code == 200
