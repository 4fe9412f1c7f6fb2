"""What opens or takes away asks for a code again, does what waited once it is given, and tries are counted in one place."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import caches
from django.db import connections
from django.test import Client
from django.urls import reverse

from kb_site.accounts.fresh_proof import ASKED, BULK, SCREENS
from kb_site.accounts.models import User
from kb_site.limits.cache import TableCache
from kb_site.limits.models import Count
from kb_site.limits.tasks import forget_counts
from kb_site.limits.tries import may_try
from tests.conftest import sign_in
from tests.urlconf import filled, places

from .acting import ask_code, code_of, give_code, is_signed_in, sign_up

PROVE = "/compte/confirmer/"


@pytest.fixture(autouse=True)
def production(settings):
    """This is not the demonstration."""
    settings.DEMO = False


@pytest.fixture
def long_ago(client, account, db):
    """Return a function that signs in as this account, on a device left open since yesterday."""

    def open_(name):
        sign_in(client, account(name))
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] = time.time() - 86400
        session.save()
        return client

    return open_


def prove(browser):
    """Ask for a code on the page, give it, and return the answer."""
    browser.post(PROVE + browser.asked, {"send": "1"})
    return browser.post(PROVE + browser.asked, {"code": code_of(mail.outbox[-1])})


def asked_instead(browser, response):
    browser.asked = response["Location"].removeprefix(PROVE)
    return response.status_code == 302 and response["Location"].startswith(PROVE)


def test_each_address_that_asks_for_a_proof_exists():
    assert {place.name for place in places()} >= {*ASKED, BULK}
    assert {name.rpartition(":")[0] for name in SCREENS_FOUND} == {name.rstrip(":") for name in SCREENS}
    assert "wagtailusers_users:copy" in SCREENS_FOUND


def test_an_export_waits_for_a_code_then_is_done(long_ago):
    browser = long_ago("membre")
    assert asked_instead(browser, browser.post("/compte/donnees/export/"))
    response = prove(browser)
    assert response["Content-Type"] == "application/zip"
    assert browser.post("/compte/donnees/export/")["Content-Type"] == "application/zip"  # fresh for a while


def test_an_erasure_is_not_asked_by_whoever_picks_up_an_open_device(long_ago, account):
    browser = long_ago("membre")
    assert asked_instead(browser, browser.post("/compte/donnees/effacer/"))
    assert account("membre").erasure_asked_on is None
    for _try in range(3):
        browser.post(PROVE + browser.asked, {"code": "000000"})
    assert account("membre").erasure_asked_on is None
    prove(browser)
    assert account("membre").erasure_asked_on is not None


def test_three_wrong_codes_and_it_opens_nothing(long_ago, account):
    browser = long_ago("membre")
    asked_instead(browser, browser.post("/compte/donnees/effacer/"))
    browser.post(PROVE + browser.asked, {"send": "1"})
    right = code_of(mail.outbox[-1])
    wrong = "111111" if right != "111111" else "222222"
    statuses = [browser.post(PROVE + browser.asked, {"code": wrong}).status_code for _try in range(3)]
    assert statuses == [422, 422, 200]
    browser.post(PROVE + browser.asked, {"code": right})
    assert account("membre").erasure_asked_on is None


def test_a_role_typed_in_the_administration_is_not_lost_while_the_code_comes(long_ago, account):
    person, browser = account("membre"), long_ago("admin")
    role = Group.objects.get(name="Coordination")
    form = {
        "email": person.email, "first_name": person.first_name, "last_name": person.last_name, "is_active": "on",
        "groups": [*person.groups.values_list("pk", flat=True), role.pk],
    }  # fmt: skip
    assert asked_instead(browser, browser.post(reverse("wagtailusers_users:edit", args=[person.pk]), form))
    assert not person.groups.filter(pk=role.pk).exists()
    prove(browser)
    assert person.groups.filter(pk=role.pk).exists()


SCREENS_FOUND = {place.name for place in places() if place.name.startswith(SCREENS)}


def test_nothing_listed_is_done_without_a_fresh_proof(long_ago):
    browser, done = long_ago("admin"), []
    of_accounts = {"app_label": "members", "model_name": "user", "action": "delete"}
    for place in places():
        if place.name in {*ASKED, *SCREENS_FOUND, BULK}:
            address = filled(place, {}, of_accounts if place.name == BULK else None)
            if address is None or not asked_instead(browser, browser.post(address)):
                done.append(place.name)
    assert done == []


def test_reading_asks_for_nothing(long_ago):
    assert long_ago("membre").get("/compte/donnees/").status_code == 200


# Limits


@pytest.mark.django_db
def test_a_code_lives_ten_minutes(settings):
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT == settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT == 600


@pytest.mark.django_db
def test_a_code_is_tried_a_hundred_times_an_hour_at_most_whatever_the_sessions(client, account, settings):
    settings.LIMITS = settings.LIMITS | {"sign_in_code": (2, 3600)}
    email = account("membre").email
    ask_code(client, email)
    right = code_of(mail.outbox[-1])
    wrong = "111111" if right != "111111" else "222222"
    for _try in range(2):
        give_code(client, wrong)
    response = give_code(client, right)
    assert response.status_code == 429
    page = response.content.decode()
    assert "Trop d’essais" in page
    assert f'<textarea name="code" hidden>{right}</textarea>' in page
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_code_of_a_new_account_is_tried_no_more_often(client, settings):
    settings.LIMITS = settings.LIMITS | {"sign_in_code": (1, 3600)}
    sign_up(client)
    right, address = code_of(mail.outbox[-1]), reverse("account_email_verification_sent")
    wrong = "111111" if right != "111111" else "222222"
    client.post(address, {"code": wrong})
    assert client.post(address, {"code": right}).status_code == 429
    assert not is_signed_in(client)


@pytest.mark.django_db
def test_what_was_typed_comes_back_with_the_page_that_refuses(signed_in, settings):
    settings.LIMITS = settings.LIMITS | {"card_request": (0, 3600)}
    typed = {"need": "Une fiche sur <b>le permis</b>", "details": "Pour\ndeux personnes."}
    response = signed_in("membre").post("/recherche/demandes/nouvelle/", typed)
    assert response.status_code == 429
    page = response.content.decode()
    assert "Une fiche sur &lt;b&gt;le permis&lt;/b&gt;" in page
    assert "Pour\ndeux personnes." in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.django_db
def test_limits_live_in_the_database_by_default(account):
    assert may_try("card_request", account("membre").pk)
    row = Count.objects.get()
    assert row.value == 1
    assert account("membre").email not in row.key


@pytest.mark.django_db
def test_allauth_counts_in_the_same_place(client, account):
    ask_code(client, account("membre").email)
    assert Count.objects.filter(key__contains="allauth:rl").exists()
    assert caches["default"].get("unknown") is None


@pytest.mark.django_db
def test_what_is_past_counts_no_more_and_is_erased():
    counts = TableCache("", {})
    assert counts.add("k", 1, 100)
    assert not counts.add("k", 5, 100)
    assert counts.incr("k") == 2
    counts.touch("k", -1)
    assert counts.get("k") is None
    with pytest.raises(ValueError, match="not found"):
        counts.incr("k")
    forget_counts(0)
    assert not Count.objects.exists()
    assert counts.add("k", [1.5], 100)
    assert counts.get("k") == [1.5]
    assert counts.delete("k")


def test_tries_at_once_from_many_processes_are_all_counted(committed_site):
    """Threads with a connection each stand for processes and hosts: none of a hundred tries is lost."""

    def try_ten(_thread):
        try:
            return [may_try("card_request", "one account") for _try in range(10)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as pool:
        answers = [answer for found in pool.map(try_ten, range(10)) for answer in found]
    assert sum(answers) == 10
    assert len(answers) == 100
    assert User.objects.exists()


def test_a_method_that_is_no_form_does_not_go_round_the_proof(long_ago, account):
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=account("admin"), type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
    person, browser = account("karim"), long_ago("admin")
    for address in (f"/compte/cles/{key.pk}/retirer/", reverse("wagtailusers_users:delete", args=[person.pk])):
        for method in ("delete", "put"):
            assert getattr(browser, method)(address).status_code in {302, 405}
    assert Authenticator.objects.filter(pk=key.pk).exists()
    assert User.objects.filter(pk=person.pk, is_active=True).exists()


def test_a_key_is_offered_to_who_has_one_and_a_false_one_proves_nothing(long_ago, account, monkeypatch):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.webauthn.internal import auth

    browser = long_ago("membre")
    assert asked_instead(browser, browser.post("/compte/donnees/effacer/"))
    assert "clé d’accès" not in browser.get(PROVE + browser.asked).content.decode()
    Authenticator.objects.create(user=account("membre"), type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
    monkeypatch.setattr(auth, "get_credentials", lambda user: [])  # no device made this one
    page = browser.get(PROVE + browser.asked).content.decode()
    assert "Continuer avec ma clé d’accès" in page
    assert "Recevoir un code" in page
    for given in ("", "{}", "[]", '{"id": "x", "type": "public-key"}', "pas du JSON"):
        answer = browser.post(PROVE + browser.asked, {"credential": given})
        assert answer.status_code == 422, given
        assert Client().post("/compte/connexion/cle/", {"credential": given}).status_code == 302, given
        assert browser.post("/compte/cles/ajouter/", {"credential": given}).status_code == 302, given
    assert account("membre").erasure_asked_on is None
