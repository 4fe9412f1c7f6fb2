"""Signing in by a code received by mail; the password of the demonstration."""

import smtplib

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kb_site.accounts.demo import DEMO_PASSWORD
from kb_site.accounts.models import User

from .acting import ANSWERS, ask_code, browser_of, code_of, give_code, is_signed_in, text_of

pytestmark = pytest.mark.django_db


def test_a_code_received_by_mail_opens_the_account(browser, person):
    user = person()
    ask_code(browser, "SAM@exemple.fr")
    assert mail.outbox[-1].to == ["sam@exemple.fr"]
    response = give_code(browser, code_of(mail.outbox[-1]))
    assert (response.status_code, response.url) == (302, "/")
    assert browser.session["_auth_user_id"] == str(user.pk)


def test_an_account_that_waits_can_sign_in_and_sees_that_it_waits(browser, person):
    person()
    ask_code(browser, "sam@exemple.fr")
    give_code(browser, code_of(mail.outbox[-1]))
    assert "attend la validation" in browser.get(reverse("account_profile")).content.decode()


def test_a_wrong_code_opens_nothing_and_three_are_the_end(browser, person):
    person()
    ask_code(browser, "sam@exemple.fr")
    right = code_of(mail.outbox[-1])
    wrong = "000000" if right != "000000" else "111111"
    page = give_code(browser, wrong).content.decode()
    assert 'id="id_code_error"' in page
    give_code(browser, wrong)
    response = give_code(browser, wrong)
    assert response.url == reverse("account_request_login_code")
    assert "Trop d’essais" in browser.get(response.url).content.decode()
    give_code(browser, right)
    assert not is_signed_in(browser)


def test_a_code_opens_only_the_browser_that_asked(browser, person):
    person()
    ask_code(browser, "sam@exemple.fr")
    other = Client()
    ask_code(other, "sam@exemple.fr")
    give_code(other, code_of(mail.outbox[-2]))
    assert not is_signed_in(other)


def test_an_unknown_address_gets_the_same_page_as_a_known_one(person):
    person()
    known, unknown = Client(), Client()
    pages = ask_code(known, "sam@exemple.fr"), ask_code(unknown, "personne@exemple.fr")
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert text_of(pages[0], "sam@exemple.fr") == text_of(pages[1], "personne@exemple.fr")
    assert mail.outbox[-1].to == ["personne@exemple.fr"]
    assert reverse("account_signup") in mail.outbox[-1].body
    wrong = [give_code(client, "123456x") for client in (known, unknown)]
    assert text_of(wrong[0], "sam@exemple.fr") == text_of(wrong[1], "personne@exemple.fr")


def test_a_closed_account_looks_like_an_unknown_one(browser, person):
    person(is_active=False)
    ask_code(browser, "sam@exemple.fr")
    assert mail.outbox[-1].subject == "Pas de compte à cette adresse"


def test_codes_are_not_sent_without_end(browser, person):
    person()
    for _attempt in range(3):
        ask_code(Client(), "sam@exemple.fr")
    sent = len(mail.outbox)
    assert "Trop d’essais" in ask_code(browser, "sam@exemple.fr").content.decode()
    assert len(mail.outbox) == sent


def test_the_code_page_offers_a_new_code_and_another_address(browser, person):
    person()
    page = ask_code(browser, "sam@exemple.fr", next="/outils/").content.decode()
    assert 'name="action" value="resend"' in page
    assert f'value="{reverse("account_request_login_code")}?next=%2Foutils%2F"' in page
    first = code_of(mail.outbox[-1])
    browser.post(reverse("account_confirm_login_code"), {"action": "resend"})
    second = code_of(mail.outbox[-1])
    if first != second:
        give_code(browser, first)
        assert not is_signed_in(browser)
    give_code(browser, second)
    assert is_signed_in(browser)


def test_one_can_change_address_before_giving_the_code(browser, person):
    person()
    ask_code(browser, "sma@exemple.fr")
    assert browser.get(reverse("account_request_login_code")).url == reverse("account_confirm_login_code")
    start = reverse("account_request_login_code") + "?next=%2Foutils%2F"
    page = browser.post(reverse("account_logout"), {"next": start}, follow=True)
    assert page.redirect_chain == [(start, 302)]
    assert 'name="next" value="/outils/"' in page.content.decode()


def test_a_mail_server_that_fails_is_said_and_breaks_nothing(browser, person, monkeypatch):
    person()

    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    page = ask_code(browser, "sam@exemple.fr")
    assert page.status_code == 503
    assert "n’est pas parti" in page.content.decode()


# Where one comes back to


@pytest.mark.parametrize("step", ["account_login", "account_request_login_code"])
def test_one_comes_back_to_the_page_that_asked(browser, person, step):
    person()
    page = browser.get(reverse(step), {"next": "/outils/?a=1&b=2"}, follow=True)
    assert 'name="next" value="/outils/?a=1&amp;b=2"' in page.content.decode()
    page = ask_code(browser, "sam@exemple.fr", next="/outils/?a=1&b=2")
    assert 'name="next" value="/outils/?a=1&amp;b=2"' in page.content.decode()
    response = give_code(browser, code_of(mail.outbox[-1]), next="/outils/?a=1&b=2")
    assert response.url == "/outils/?a=1&b=2"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://exemple.net/", "//exemple.net/", "/\\exemple.net", "javascript:alert(1)", "http:///exemple.net",
     "http://localhost/", "account_logout", "\thttps://exemple.net"],
)  # fmt: skip
def test_one_never_comes_back_to_another_site(browser, person, elsewhere):
    person()
    first = browser.get(reverse("account_login"), {"next": elsewhere})
    assert first.url == reverse("account_request_login_code")
    ask_code(browser, "sam@exemple.fr", next=elsewhere)
    assert give_code(browser, code_of(mail.outbox[-1]), next=elsewhere).url == "/"
    assert browser.get(reverse("account_login"), {"next": elsewhere}, follow=True).redirect_chain[-1][0] == "/"
    assert browser.post(reverse("account_logout"), {"next": elsewhere}).url == "/"


def test_an_expired_code_does_not_lose_the_page_that_asked(browser):
    response = browser.get(reverse("account_confirm_login_code"), {"next": "/outils/"})
    assert response.url == reverse("account_request_login_code") + "?next=%2Foutils%2F"


def test_a_new_account_lands_on_its_profile_with_a_link_back(browser):
    browser.post(reverse("account_signup"), ANSWERS | {"next": "/outils/"})
    response = browser.post(reverse("account_email_verification_sent"), {"code": code_of(mail.outbox[-1])})
    assert response.url == reverse("account_profile") + "?next=%2Foutils%2F"
    assert '<a href="/outils/">' in browser.get(response.url).content.decode()


def test_a_signed_in_person_refused_by_the_editing_screens_is_told_so_once(person):
    browser = browser_of(person(status=User.Status.APPROVED))
    response = browser.get("/admin/")
    assert response.url.startswith(reverse("account_login"))
    assert browser.get(response.url).status_code == 403


# Passwords


def test_a_password_opens_nothing_outside_the_demonstration(browser, person):
    user = person()
    user.set_password(DEMO_PASSWORD)
    user.save()
    response = browser.post(reverse("account_login"), {"login": user.email, "password": DEMO_PASSWORD})
    assert response.url == reverse("account_request_login_code")
    browser.post("/admin/login/", {"username": user.email, "password": DEMO_PASSWORD})
    assert not browser.login(username=user.email, password=DEMO_PASSWORD)
    assert not is_signed_in(browser)
    assert "password" not in browser.get(response.url).content.decode()


def test_the_demonstration_lists_its_accounts_and_takes_the_password(browser, account, settings):
    settings.DEMO = True
    page = browser.get(reverse("account_login"), {"next": "/outils/"}).content.decode()
    assert 'value="membre@example.org"' in page
    assert DEMO_PASSWORD in page
    assert reverse("account_request_login_code") in page
    form = {"login": "membre@example.org", "password": DEMO_PASSWORD, "next": "/outils/"}
    assert browser.post(reverse("account_login"), form).url == "/outils/"
    page = Client().post(reverse("account_login"), form | {"password": "faux"}).content.decode()
    assert "L’adresse ou le mot de passe n’est pas le bon." in page


# The coordinators' decision
