"""What people do in the tests of accounts: sign up, ask for a code, give it."""

import json
import re

from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.mailing.tasks import send_mail
from tests.conftest import sign_in

ANSWERS = {
    "email": "Nadia@Exemple.fr",
    "first_name": "Nadia",
    "last_name": "Benali",
    "role": "cip",
    "structure_declared": "Les Ateliers d’Été",
    "siae_type_declared": "ACI",
    "territory_declared": "93",
}


def browser_of(user):
    client = Client()
    sign_in(client, user)
    return client


def deliver():
    """Run the mail jobs that the transaction holds, as the worker would; return what they sent."""
    before = len(mail.outbox)
    for job in ProcrastinateJob.objects.filter(queue_name="mails", status="todo").order_by("id"):
        send_mail(**json.loads(json.dumps(job.args)))
    return mail.outbox[before:]


def code_of(message):
    return re.search(r"^\d{6}$", message.body, re.MULTILINE)[0]


def ask_code(browser, email, **query):
    return browser.post(reverse("account_request_login_code", query=query), {"email": email} | query, follow=True)


def give_code(browser, code, **extra):
    return browser.post(reverse("account_confirm_login_code"), {"code": code} | extra)


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


def sign_up(browser, **changes):
    return browser.post(reverse("account_signup"), ANSWERS | changes, follow=True)


# Sign-up


def text_of(page, email):
    """A page without what differs between two people: the address, the token."""
    words = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
    return words.replace(email, "…")
