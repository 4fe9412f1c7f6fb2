"""Sessions, passkeys, one's own data, the end of an account."""

import datetime
import io
import json
import logging
import os
import subprocess
import sys
import uuid
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.accounts.retention_periods import ERASE_AFTER, WARN_AFTER
from kb_site.accounts.services import erasure
from kb_site.notifications import services as notifications
from kb_site.personal_data import export_of
from practices.comments.models import Comment
from practices.comments.services import post_comment
from tests.conftest import sign_in
from tests.factories import CardFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 24)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def awa(member):
    return member("awa@exemple.fr", first_name="Awa", last_name="Essai")


@pytest.fixture
def card(db):
    return CardFactory()


def signed_in_from(user, agent):
    client = Client(HTTP_USER_AGENT=agent)
    sign_in(client, user)
    UserSession.objects.create(user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent=agent)
    return client


# Devices


def test_a_person_sees_their_devices_and_closes_the_others(awa):
    here = signed_in_from(awa, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    phone = signed_in_from(awa, "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36")
    page = here.get("/compte/sessions/").content.decode()
    assert "Firefox sur Linux" in page
    assert "Chrome sur Android" in page
    other = UserSession.objects.get(session_key=phone.session.session_key)
    stranger = signed_in_from(User.objects.get(email="karim@example.org"), "x")
    stranger.post(f"/compte/sessions/{other.pk}/fermer/")
    assert phone.get("/compte/").status_code == 200, "nobody closes the session of another"
    here.post(f"/compte/sessions/{other.pk}/fermer/")
    assert phone.get("/compte/").status_code == 302
    assert here.get("/compte/").status_code == 200


def test_everything_else_is_closed_at_once(awa):
    here, there = signed_in_from(awa, "a"), signed_in_from(awa, "b")
    here.post("/compte/sessions/fermer/")
    assert (here.get("/compte/").status_code, there.get("/compte/").status_code) == (200, 302)


def test_the_day_of_a_visit_is_noted_once_a_day(awa, django_assert_max_num_queries):
    browser = Client()
    sign_in(browser, awa)
    browser.get("/compte/")
    assert User.objects.get(pk=awa.pk).last_seen_on == timezone.localdate()
    with django_assert_max_num_queries(0):
        Client().get("/healthz")


# Passkeys


def test_the_sign_in_page_offers_a_passkey_and_works_without_script(client, settings):
    settings.DEMO = False
    page = client.get("/compte/connexion/code/").content.decode()
    assert "Entrer avec une clé d’accès" in page
    assert "<script>" not in page
    assert "data-passkey hidden" in page, "shown by the script only"
    assert page.count('name="shared_device"') == 2, "asked by code, and once for the other ways"


def test_a_forged_passkey_opens_nothing(client):
    for forged in ("", "{}", "[]", "null", '{"response": {"userHandle": "MQ"}}', "x" * 5000):
        page = client.post("/compte/connexion/cle/", {"credential": forged})
        assert page.status_code in (302, 429)
        assert "_auth_user_id" not in client.session


def test_a_person_removes_their_own_key_only_and_is_told_by_mail(awa, sent):
    browser = Client()
    sign_in(browser, awa)
    key = Authenticator.objects.create(user=awa, type="webauthn", data={"name": "Téléphone", "credential": {}})
    stranger = Client()
    sign_in(stranger, User.objects.get(email="karim@example.org"))
    assert stranger.post(f"/compte/cles/{key.pk}/retirer/").status_code == 404
    assert "Téléphone" in browser.get("/compte/cles/").content.decode()
    assert browser.post(f"/compte/cles/{key.pk}/retirer/").status_code == 302
    assert not Authenticator.objects.exists()
    assert [message.subject for message in sent()] == ["Vos clés d’accès ont changé"]


def test_adding_a_key_needs_an_answer_of_the_browser(awa):
    browser = Client()
    sign_in(browser, awa)
    page = browser.post("/compte/cles/ajouter/", {"name": "<b>x"}).content.decode()
    assert "n’a pas pu créer la clé" in page
    assert "<b>x" not in page


# OpenID Connect


def test_openid_connect_is_absent_until_it_is_configured(client):
    assert client.get("/compte/connexion/openid/entrer/").status_code == 404


def test_openid_connect_opens_by_configuration_alone():
    script = (
        "import django; django.setup()\n"
        "from django.urls import reverse\n"
        "from django.core.management import call_command\n"
        "call_command('check')\n"
        "print(reverse('openid_connect_login', args=['openid']), reverse('socialaccount_signup'))\n"
        "from django.template.loader import render_to_string\n"
        "print(render_to_string('account/parts/other_ways.html', {'OPENID_CONNECT': 'ProConnect'}))\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "OPENID_CONNECT_SERVER": "https://identite.exemple.fr/api/v2",
        "OPENID_CONNECT_CLIENT_ID": "essai",
        "OPENID_CONNECT_CLIENT_SECRET": "essai",
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "/compte/connexion/openid/entrer/" in done.stdout
    assert "S’identifier avec ProConnect" in done.stdout


# One's own data


def test_a_person_takes_away_everything_about_them_and_nothing_of_others(awa, card):
    post_comment(target=card, author=awa, text="Mes mots à moi", submission_key=uuid.uuid4())
    other = User.objects.get(email="karim@example.org")
    post_comment(target=card, author=other, text="Les mots d’un autre", submission_key=uuid.uuid4())
    notifications.follow(user=awa, obj=card)
    browser = Client()
    sign_in(browser, awa)
    response = browser.post("/compte/donnees/export/")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    text = archive.read("mes-donnees.json").decode()
    data = json.loads(text)
    assert data["account"]["email"] == "awa@exemple.fr"
    assert "Mes mots à moi" in text
    assert "Les mots d’un autre" not in text
    assert data["notifications.Follow.user"]
    assert "password" not in data["account"]


def test_the_export_of_a_coordinator_does_not_open_the_accounts_they_decided(account):
    text = json.dumps(export_of(account("coordination")))
    assert "karim@example.org" not in text


# Erasure


def test_an_erasure_waits_and_can_be_cancelled(awa, sent):
    browser = Client()
    sign_in(browser, awa)
    browser.post("/compte/donnees/effacer/")
    browser.post("/compte/donnees/effacer/")
    assert [message.subject for message in sent()] == ["Votre compte sera effacé"]
    assert "Votre compte sera effacé le" in browser.get("/compte/donnees/").content.decode()
    today = timezone.localdate()
    assert erasure.erase_due(today=today + 13 * DAY) == 0
    browser.post("/compte/donnees/garder/")
    assert erasure.erase_due(today=today + 30 * DAY) == 0
    awa.refresh_from_db()
    assert awa.is_active


def test_an_erased_account_leaves_words_without_a_name(awa, card, caplog):
    caplog.set_level(logging.INFO)
    comment = post_comment(target=card, author=awa, text="Des mots utiles", submission_key=uuid.uuid4())
    notifications.follow(user=awa, obj=card)
    session = signed_in_from(awa, "a")
    erasure.ask_erasure(user=awa, today=TODAY)
    assert erasure.erase_due(today=TODAY + 14 * DAY) == 1
    assert erasure.erase_due(today=TODAY + 15 * DAY) == 0
    awa.refresh_from_db()
    assert (awa.public_name, awa.is_active, awa.structure) == ("Ancien membre", False, None)
    assert Comment.objects.get(pk=comment.pk).comment == "Des mots utiles"
    assert not awa.follows.exists()
    assert session.get("/compte/").status_code == 302
    page = Client().get(card.url).content.decode()
    assert "Ancien membre" in page
    assert "Awa E." not in page
    everything = json.dumps(export_of(awa))
    assert "awa@exemple.fr" not in everything
    assert "Essai" not in everything
    assert "awa" not in caplog.text.lower()


def test_the_address_of_an_erased_account_may_sign_up_again(awa):
    erasure.erase(user=awa, today=TODAY)
    assert User.objects.create_user("awa@exemple.fr")


def test_the_last_administrator_stays(account):
    with pytest.raises(erasure.CannotBeErased):
        erasure.ask_erasure(user=account("admin"))


# Inactivity, with a clock that moves


@pytest.fixture
def only_awa(awa):
    User.objects.exclude(pk=awa.pk).update(last_seen_on=TODAY + 10_000 * DAY)
    User.objects.filter(pk=awa.pk).update(last_seen_on=TODAY)
    return awa


def test_twenty_three_months_without_a_visit_are_warned_once(only_awa, sent):
    assert erasure.warn_inactive(today=TODAY + WARN_AFTER) == 0
    assert erasure.warn_inactive(today=TODAY + WARN_AFTER + DAY) == 1
    assert erasure.warn_inactive(today=TODAY + WARN_AFTER + 2 * DAY) == 0
    (message,) = sent()
    assert message.subject == "Votre compte va être fermé"


def test_twenty_four_months_erase_but_never_less_than_thirty_days_after_the_warning(only_awa):
    late = TODAY + ERASE_AFTER + 60 * DAY
    assert erasure.erase_due(today=late) == 0, "nobody is erased without a warning"
    erasure.warn_inactive(today=late)
    assert erasure.erase_due(today=late + 29 * DAY) == 0
    assert erasure.erase_due(today=late + 30 * DAY) == 1


def test_a_visit_after_the_warning_keeps_the_account(only_awa, sent):
    late = TODAY + WARN_AFTER + DAY
    erasure.warn_inactive(today=late)
    browser = Client()
    sign_in(browser, only_awa)
    User.objects.filter(pk=only_awa.pk).update(last_seen_on=TODAY - 10 * DAY)
    browser.get("/compte/")
    only_awa.refresh_from_db()
    assert only_awa.inactivity_warned_on is None
    assert sent() == [], "a mail that waited in the queue has lost its reason"
