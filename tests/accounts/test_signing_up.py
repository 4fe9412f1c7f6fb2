"""Signing up, and waiting for approval."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kb_site.accounts.models import User
from kb_site.accounts.principals import PUBLIC, principals_of

from .acting import ANSWERS, code_of, deliver, sign_up, text_of

pytestmark = pytest.mark.django_db


def test_a_person_signs_up_confirms_the_address_and_waits(browser, coordinator):
    page = sign_up(browser)
    assert page.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    assert "nadia@exemple.fr" in page.content.decode()
    user = User.objects.get(email="nadia@exemple.fr")
    assert not User.objects.pending().filter(pk=user.pk).exists(), "an unconfirmed address bothers no coordinator"
    assert deliver() == []
    mail.outbox[:] = mail.outbox[-1:]
    page = browser.post(reverse("account_email_verification_sent"), {"code": code_of(mail.outbox[0])}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_profile")
    assert "attend la validation" in page.content.decode()
    user.refresh_from_db()
    assert (user.structure_declared, user.siae_type_declared, user.territory_declared, user.role) == (
        "Les Ateliers d’Été", "ACI", "93", "cip",
    )  # fmt: skip
    assert not user.has_usable_password()
    assert User.objects.pending().filter(pk=user.pk).exists()
    told = deliver()
    assert "coordination@exemple.fr" in {message.to[0] for message in told}
    assert all("Nadia Benali" in message.subject for message in told)


def test_an_account_that_waits_holds_what_a_visitor_holds(person):
    user = person()
    assert not user.is_approved
    assert principals_of(user) == {PUBLIC}


def test_an_invalid_sign_up_keeps_what_was_typed_and_says_what_is_missing(browser):
    page = sign_up(browser, role="", first_name="<b>Zoé</b>").content.decode()
    assert "Les Ateliers d’Été" in page
    assert "&lt;b&gt;Zoé&lt;/b&gt;" in page
    assert '<p class="error" id="id_role_error">' in page
    assert re.search(r'<select name="role"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*id_role_error', page)
    assert not User.objects.filter(email="nadia@exemple.fr").exists()


def test_every_question_of_sign_up_must_be_answered(browser):
    for name in ANSWERS:
        assert f'id="id_{name}_error"' in sign_up(browser, **{name: " "}).content.decode(), name


def test_signing_up_twice_with_one_address_shows_the_same_page_and_creates_nothing(browser, person):
    person("nadia@exemple.fr")
    count = User.objects.count()
    known, unknown = sign_up(browser), sign_up(Client(), email="autre@exemple.fr")
    assert known.redirect_chain == unknown.redirect_chain
    assert text_of(known, "nadia@exemple.fr") == text_of(unknown, "autre@exemple.fr")
    assert User.objects.count() == count + 1
    assert mail.outbox[-2].subject == "Vous avez déjà un compte"
    assert reverse("account_request_login_code") in mail.outbox[-2].body


def test_a_name_stays_on_one_line(browser):
    sign_up(browser, first_name="Nadia\r\nBcc: tous@exemple.fr")
    assert User.objects.get(email="nadia@exemple.fr").first_name == "Nadia Bcc: tous@exemple.fr"


# Sign-in by code
