"""« Toujours vrai »: from the mail without signing in, or from the card; once, by the right person, in the audit log."""

import datetime

import pytest
from django.core import signing
from django.utils import timezone
from wagtail.models import PageLogEntry

from practices.lifecycle.services.verification import STILL_TRUE, confirm_still_true
from practices.lifecycle.tokens import SALT, still_true_address
from practices.models import PracticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(due_card, account):
    card = due_card(-3)
    return still_true_address(page=card, person=account("edition"))


def card():
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


def test_opening_the_link_changes_nothing_and_shows_what_to_read_again(client, link):
    before = card().last_verified_at
    response = client.get(link)
    assert response.status_code == 200
    assert "Le café visio du jeudi" in response.content.decode()
    assert "Le café ne convient pas" in response.content.decode()
    assert card().last_verified_at == before
    assert "no-store" in response["Cache-Control"]


def test_the_button_confirms_without_signing_in_and_says_who_in_the_audit_log(client, link, account):
    response = client.post(link)
    assert response.status_code == 303
    assert card().last_verified_at == timezone.localdate()
    assert card().last_verified_by == account("edition")
    assert not card().is_stale
    entry = PageLogEntry.objects.get(action=STILL_TRUE)
    assert (entry.user, entry.page_id) == (account("edition"), card().pk)
    assert "Merci, c’est noté" in client.get(response["Location"]).content.decode()


def test_the_button_pressed_twice_confirms_once(client, link):
    client.post(link)
    assert client.post(link).status_code == 200
    assert PageLogEntry.objects.filter(action=STILL_TRUE).count() == 1


def test_the_link_dies_after_two_months(client, link, move_clock):
    move_clock(61)
    response = client.get(link)
    assert response.status_code == 410
    assert client.post(link).status_code == 410
    assert card().is_stale


def test_the_link_of_a_past_review_cannot_confirm_the_next_one(client, link, move_clock):
    client.post(link)
    PracticePage.objects.filter(pk=card().pk).update(next_review_at=timezone.localdate() - datetime.timedelta(days=1))
    client.post(link)
    assert card().is_stale is False or PageLogEntry.objects.filter(action=STILL_TRUE).count() == 1


def test_a_link_cut_or_forged_is_not_found(client, link):
    assert client.get(link[:-3] + "/").status_code == 404
    forged = signing.dumps([card().pk, 1, "2026-01-01"], salt="autre")
    assert client.post(f"/verifier/{forged}/").status_code == 404
    odd = signing.dumps({"x": 1}, salt=SALT)
    assert client.post(f"/verifier/{odd}/").status_code == 404


def test_the_link_of_someone_who_no_longer_answers_for_the_card_is_refused(client, link, account):
    PracticePage.objects.filter(pk=card().pk).update(card_owner=account("membre"))
    assert client.post(link).status_code == 410
    assert card().is_stale


def test_the_link_of_a_closed_account_is_refused(client, link, account):
    editor = account("edition")
    editor.is_active = False
    editor.save()
    assert client.post(link).status_code == 410


def test_a_withdrawn_card_is_not_confirmed(client, link):
    card().unpublish()
    assert client.post(link).status_code == 410


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), ("attente", 403), ("membre", 403), ("partenaire", 403), ("edition", 303), ("edition-numerique", 403),
     ("coordination", 303), ("admin", 303)],
)  # fmt: skip
def test_signed_in_owners_and_editors_of_the_network_may_confirm(signed_in, due_card, role, status):
    address = f"/verifier/page/{due_card(-3).pk}/"
    assert signed_in(role).post(address).status_code == status


def test_a_draft_in_progress_stays_a_draft_and_keeps_the_new_date(due_card, account):
    page = due_card(-3)
    page.title = "Un titre en cours"
    page.save_revision(user=account("edition"))
    confirm_still_true(page=page, by=account("edition"))
    page = card()
    assert page.title == "Le café visio du jeudi"
    assert page.has_unpublished_changes
    page.get_latest_revision().publish(user=account("admin"))
    assert card().title == "Un titre en cours"
    assert card().last_verified_at == timezone.localdate()
    assert card().last_verified_by == account("edition")


def test_a_card_published_for_the_first_time_is_verified_that_day(account):
    page = card().copy(update_attrs={"slug": "copie", "title": "Copie", "last_verified_at": None}, keep_live=False)
    page.get_latest_revision().publish(user=account("coordination"))
    page.refresh_from_db()
    assert page.last_verified_at == timezone.localdate()
    assert not page.is_stale


@pytest.mark.parametrize(
    ("role", "days", "asked"),
    [("edition", -3, True), ("edition", 29, True), ("edition", 31, False), ("membre", -3, False), (None, -3, False)],
)
def test_the_card_itself_asks_those_who_answer_for_it_when_its_date_comes(signed_in, due_card, role, days, asked):
    card = due_card(days)
    assert ("Toujours vrai ?" in signed_in(role).get(card.url).content.decode()) is asked
