"""What reviewers write reaches the author of a card: by mail, and on the page where they follow it."""

import html

import pytest
from django.urls import reverse
from wagtail.models import Comment

from practices.editorial.services.proposals import withdraw_proposal
from practices.models import PracticePage

from .conftest import TICKED, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queued")]
WORD = "Belle idée, surtout le numéro que tout le monde garde."
REASON = "Une autre fiche dit déjà cela : complétons-la ensemble."


@pytest.fixture
def authors_page(signed_in, proposed):
    def read(name="membre"):
        answer = signed_in(name).get(reverse("proposal", args=[proposed.proposal.pk]))
        return html.unescape(answer.content.decode())

    return read


@pytest.fixture
def editors_page(signed_in, proposed):
    def read(name="edition"):
        answer = signed_in(name).get(reverse("wagtailadmin_pages:edit", args=[proposed.pk]))
        return html.unescape(answer.content.decode())

    return read


@pytest.fixture
def stop(signed_in, proposed):
    """Return a function that opens (reason=None) or sends the screen that stops a review."""

    def call(name="edition", reason=None):
        browser, address = signed_in(name), reverse("stop_review", args=[proposed.pk])
        return browser.get(address) if reason is None else browser.post(address, {"reason": reason})

    return call


# A word with an approval


def test_a_word_given_with_an_approval_reaches_the_author(proposed, decide, queued, authors_page, account):
    decide("edition", proposed, "approve", comment=WORD)
    assert queued("word_to_author") == [account("membre").pk]
    assert WORD in authors_page()
    assert "Marta D." in authors_page()


def test_a_word_given_with_the_last_approval_reaches_the_author_without_the_ticked_boxes(
    proposed, decide, queued, authors_page, account
):  # fmt: skip
    decide("edition", proposed, "approve")
    decide("edition", proposed, "approve", **(TICKED | {"comment": WORD}))
    assert fresh(proposed).live
    assert queued("word_to_author") == [account("membre").pk]
    assert WORD in authors_page()
    assert "Les accords sont donnés" not in authors_page()


def test_the_first_step_offers_to_write_a_word(proposed, editors_page):
    assert "Valider, avec un mot pour l’auteur" in editors_page()


def test_an_approval_without_a_word_writes_nothing(proposed, decide, queued, authors_page):
    decide("edition", proposed, "approve", comment="  ")
    decide("edition", proposed, "approve", **TICKED)
    assert queued("word_to_author") == []
    assert "Ce que le réseau vous a écrit" not in authors_page()


def test_other_editors_read_what_was_said(proposed, decide, editors_page):
    decide("edition", proposed, "approve", comment=WORD)
    assert WORD in editors_page().partition("Ce que les relecteurs ont écrit")[2]


# A refusal for privacy


def test_what_the_privacy_refusal_says_is_read_by_the_author_and_the_editors(
    proposed, decide, authors_page, editors_page
):  # fmt: skip
    decide("edition", proposed, "approve")
    decide("edition", proposed, "reject", nobody="Le prénom dans l’étape 2.", tools="L’avis date.")
    for page in (authors_page(), editors_page()):
        assert "Le prénom dans l’étape 2." in page
        assert "L’avis date." in page
    assert not Comment.objects.filter(page=proposed.pk).exists(), "no row that no screen shows"


def test_what_was_asked_before_a_correction_stays_readable(proposed, decide, authors_page, account):
    decide("edition", proposed, "reject", comment="Dites qui enregistre le message.")
    fresh(proposed).current_workflow_state.resume(user=account("membre"))
    assert "Dites qui enregistre le message." in authors_page()


# A review that is stopped


def test_the_button_leads_to_a_screen_that_asks_why(proposed, stop, editors_page):
    page = editors_page()
    assert reverse("stop_review", args=[proposed.pk]) in page
    assert 'name="action-cancel-workflow"' not in page
    assert "Pourquoi" in stop().content.decode()
    assert fresh(proposed).workflow_in_progress


@pytest.mark.parametrize("reason", ["", "  ", "non"])
def test_a_review_is_not_stopped_without_a_reason(proposed, stop, reason, queued):
    answer = stop(reason=reason)
    assert answer.status_code == 422
    assert fresh(proposed).workflow_in_progress
    assert queued("review_stopped") == []


def test_the_author_reads_why_the_review_stopped(proposed, stop, queued, authors_page, editors_page, account):
    assert stop(reason=REASON).status_code == 302
    assert not fresh(proposed).workflow_in_progress
    assert queued("review_stopped") == [account("membre").pk]
    assert "Relecture arrêtée" in authors_page()
    assert REASON in authors_page()
    assert REASON in editors_page()


def test_a_card_that_waits_for_its_author_is_not_stopped_under_them(proposed, decide, stop):
    decide("edition", proposed, "reject", comment="Dites qui enregistre le message.")
    stop(reason=REASON)
    assert fresh(proposed).current_workflow_state.status == "needs_changes"


def test_a_form_made_by_hand_does_not_stop_it_in_one_click(proposed, signed_in, queued):
    address = reverse("wagtailadmin_pages:edit", args=[proposed.pk])
    answer = signed_in("edition").post(address, {"action-cancel-workflow": "1"})
    assert answer["Location"] == reverse("stop_review", args=[proposed.pk])
    assert fresh(proposed).workflow_in_progress


@pytest.mark.parametrize(("name", "may"), [("edition", True), ("admin", True), ("edition-numerique", False)])
def test_only_those_who_decide_may_stop_it(stop, name, may, proposed):
    assert stop(name).status_code == (200 if may else 302)
    stop(name, reason=REASON)
    assert fresh(proposed).workflow_in_progress != may


@pytest.mark.parametrize("name", [None, "membre"])
def test_who_may_not_enter_the_editing_screens_stops_nothing(stop, name, proposed):
    stop(name, reason=REASON)
    assert fresh(proposed).workflow_in_progress


def test_a_review_stopped_twice_is_told_once(proposed, stop, queued):
    stop(reason=REASON)
    assert stop(reason=REASON).status_code == 302
    assert len(queued("review_stopped")) == 1


def test_who_takes_back_their_own_proposal_receives_nothing(proposed, queued, account, authors_page):
    withdraw_proposal(proposal=proposed.proposal, by=account("membre"))
    assert queued("review_stopped") == []
    assert "Retirée" in authors_page()


def test_a_review_begun_again_is_no_longer_said_to_be_stopped(proposed, stop, authors_page, account):
    stop(reason=REASON)
    card = fresh(proposed)
    card.get_workflow().start(card, account("edition"))
    assert '<h2 id="etat">En relecture</h2>' in authors_page()
    assert REASON in authors_page(), "what was said stays"


def test_nobody_else_reads_any_of_it(proposed, decide, signed_in):
    decide("edition", proposed, "approve", comment=WORD)
    address = reverse("proposal", args=[proposed.proposal.pk])
    assert signed_in("karim").get(address).status_code == 404
    decide("edition", proposed, "approve", **TICKED)
    card = PracticePage.objects.get(pk=proposed.pk)
    assert WORD not in signed_in("karim").get(card.url).content.decode()
