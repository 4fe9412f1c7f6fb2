"""The review desk: one screen a card, three decisions that may be undone, a second pair of eyes on each change."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import PageLogEntry

from kb_site.accounts.groups import editors_group_name
from kb_site.accounts.models import Network
from kb_site.notifications.services import follow
from practices.choices import Channel, Kind, Modality
from practices.editorial.models import PendingDecision, ReviewAssignment, SavedReply
from practices.editorial.models.desk import ChangeNote
from practices.editorial.queue import queue_for
from practices.editorial.services import desk
from practices.editorial.services.proposals import propose_card
from practices.models import PracticePage
from tests.queries import queries_of

from .conftest import IDEA, fresh

pytestmark = pytest.mark.django_db

TICKED = {"nobody": "on", "consents": "on", "tools": "on"}
CAFE = "cafe-visio-du-jeudi"


def address(card, name="review_card", *more):
    return reverse(name, args=[card.pk, *more])


@pytest.fixture
def second_editor(account):
    """A second editor of the first network."""
    person = account("edition-parcours")
    name = editors_group_name(Network.objects.get(slug="chantiers-idf"))
    person.groups.add(*account("edition").groups.filter(name=name))
    return person


@pytest.fixture
def edited(account):
    """A published card that its editor changed and sent to review."""
    card = PracticePage.objects.get(slug=CAFE)
    latest = card.get_latest_revision_as_object()
    latest.summary = "Un café en visio, le jeudi, pour garder le lien."
    latest.save_revision(user=account("edition"))
    fresh(card).get_workflow().start(fresh(card), account("edition"))
    return fresh(card)


def mailed(name):
    return [job.args["to"] for job in ProcrastinateJob.objects.filter(args__name=name).order_by("id")]


def decided(browser, card, verdict, **data):
    """Decide on the screen, then let the ten seconds pass."""
    answer = browser.post(address(card), {"verdict": verdict} | data)
    pending = PendingDecision.objects.filter(card=card).first()
    if pending is not None:
        desk.apply_decision(pending.pk)
    return answer


def test_the_screen_shows_the_card_as_readers_see_it_beside_what_is_missing_and_to_decide(signed_in, account):
    card = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    html = signed_in("edition").get(address(card)).content.decode()
    for words in ("Le répondeur du lundi", "Enregistrer un message", "Ce qui manque", "C’est une nouvelle fiche"):
        assert words in html
    for verdict in ("good", "correct", "no"):
        assert f'value="{verdict}"' in html


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), ("membre", 403), ("animation", 403), ("edition-numerique", 404), ("coordination", 200)],
)
def test_it_opens_to_who_publishes_in_the_network(signed_in, proposed, role, status):
    browser = signed_in(role)
    assert browser.get(address(proposed)).status_code == status
    browser.post(address(proposed), {"verdict": "no", "words": "Une raison assez longue."})
    assert PendingDecision.objects.exists() is (role == "coordination")


def test_read_ticked_and_good_publishes_in_one_decision(signed_in, proposed):
    decided(signed_in("edition"), proposed, "good", **TICKED)
    assert fresh(proposed).live
    assert not PendingDecision.objects.exists()


def test_good_without_the_privacy_list_passes_the_first_step_only(signed_in, proposed):
    decided(signed_in("edition"), proposed, "good")
    assert not fresh(proposed).live
    assert fresh(proposed).current_workflow_task.name.startswith("Confidentialité")
    answer = signed_in("edition").post(address(proposed), {"verdict": "good", "nobody": "on"})
    assert answer.status_code == 422
    assert "Cochez les trois points" in answer.content.decode()


def test_the_screen_says_what_comes_next_and_by_whom(signed_in, proposed, account):
    html = signed_in("edition").get(address(proposed)).content.decode()
    assert "publiée et son auteur remercié" in html
    assert account("edition").public_name in html


@pytest.mark.parametrize("verdict", ["correct", "no"])
def test_a_refusal_says_why_and_nothing_typed_is_lost(signed_in, proposed, verdict):
    answer = signed_in("edition").post(address(proposed), {"verdict": verdict, "words": "non", "nobody": "on"})
    assert answer.status_code == 422
    assert ">non</textarea>" in answer.content.decode().replace("\n", "")
    assert not PendingDecision.objects.exists()


def test_a_correction_reaches_the_author(signed_in, proposed, account):
    decided(signed_in("edition"), proposed, "correct", words="Dites qui enregistre le message.")
    assert fresh(proposed).current_workflow_state.status == "needs_changes"
    assert mailed("card_to_correct") == [account("membre").pk]


def test_not_for_us_ends_the_review_and_its_author_reads_why_and_answers(signed_in, proposed, account):
    decided(signed_in("edition"), proposed, "no", words="Une autre fiche le dit déjà.")
    assert fresh(proposed).current_workflow_state is None
    author, page = signed_in("membre"), reverse("proposal", args=[proposed.proposal.pk])
    html = author.get(page).content.decode()
    assert "Pas retenue" in html
    assert "Une autre fiche le dit déjà." in html
    assert author.post(reverse("refusal_answer", args=[proposed.proposal.pk]), {"answer": ""}).status_code == 422
    author.post(reverse("refusal_answer", args=[proposed.proposal.pk]), {"answer": "La mienne parle du téléphone."})
    assert mailed("refusal_answered") == [account("edition").pk]
    assert "La mienne parle du téléphone." in author.get(page).content.decode()
    assert (
        signed_in("karim")
        .post(reverse("refusal_answer", args=[proposed.proposal.pk]), {"answer": "Et moi ?"})
        .status_code
        == 404
    )


def test_within_ten_seconds_a_decision_is_undone_and_nobody_was_told(signed_in, proposed):
    browser = signed_in("edition")
    browser.post(address(proposed), {"verdict": "correct", "words": "Dites qui enregistre le message."})
    waiting = PendingDecision.objects.get()
    assert proposed.pk not in queue_for(waiting.decided_by).values_list("pk", flat=True)
    assert "Annuler" in browser.get(reverse("review_desk"), follow=True).content.decode()
    browser.post(address(proposed, "review_undo"))
    desk.apply_decision(waiting.pk)
    assert fresh(proposed).workflow_in_progress
    assert mailed("card_to_correct") == []
    assert proposed.pk in queue_for(waiting.decided_by).values_list("pk", flat=True)


def test_a_decision_applied_is_not_undone(signed_in, proposed):
    browser = signed_in("edition")
    decided(browser, proposed, "correct", words="Dites qui enregistre le message.")
    html = browser.post(address(proposed, "review_undo"), follow=True).content.decode()
    assert "Trop tard" in html


def test_two_editors_at_once_the_second_is_told(signed_in, proposed, second_editor):
    signed_in("edition").post(address(proposed), {"verdict": "correct", "words": "Dites qui enregistre."})
    html = (
        signed_in("edition-parcours")
        .post(address(proposed), {"verdict": "good"} | TICKED, follow=True)
        .content.decode()
    )
    assert "vient de décider" in html
    assert PendingDecision.objects.get().verdict == "correct"


def test_what_keeps_a_decision_from_being_applied_is_told_to_who_took_it(signed_in, proposed, account):
    browser = signed_in("edition")
    browser.post(address(proposed), {"verdict": "good"} | TICKED)
    latest = fresh(proposed).get_latest_revision_as_object()
    latest.limits = " "
    latest.save_revision(user=account("coordination"), clean=False)
    desk.apply_decision(PendingDecision.objects.get().pk)
    assert not fresh(proposed).live
    assert "n’a pas pu être appliquée" in browser.get(address(proposed)).content.decode()
    assert proposed.pk in queue_for(account("edition")).values_list("pk", flat=True)


def test_after_a_decision_comes_the_next_card(signed_in, proposed, account):
    other = propose_card(author=account("karim"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    first = queue_for(account("edition")).first()
    answer = signed_in("edition").post(address(first), {"verdict": "correct", "words": "Dites qui enregistre."})
    assert (
        answer.url in {address(proposed), address(other)} - {address(first)}
        or queue_for(account("edition")).count() > 1
    )


def test_a_card_entrusted_to_one_person_leaves_the_queue_of_the_others(signed_in, proposed, account, second_editor):
    signed_in("coordination").post(address(proposed, "review_assign"), {"person": second_editor.pk})
    assert ReviewAssignment.objects.get().person == second_editor
    assert mailed("review_assigned") == [second_editor.pk]
    assert proposed.pk not in queue_for(account("edition")).values_list("pk", flat=True)
    assert queue_for(second_editor).first().pk == proposed.pk


def test_a_review_is_not_entrusted_to_its_author_nor_to_a_stranger(signed_in, proposed, account):
    for role in ("membre", "edition-numerique"):
        assert (
            signed_in("coordination").post(address(proposed, "review_assign"), {"person": account(role).pk}).status_code
            == 422
        )


def test_a_missing_field_is_completed_in_place(signed_in, account):
    card = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    browser = signed_in("edition")
    assert browser.post(address(card, "review_complete"), {"card-kind": "nimporte"}).status_code == 422
    asked = browser.get(address(card)).context["complete_form"]
    values = {
        "kind": Kind.LIEN_COLLECTIF,
        "modality": Modality.DISTANCE_DIFFERE,
        "channels": [Channel.TELEPHONE],
        "evidence": "temoignage",
    }
    browser.post(address(card, "review_complete"), {f"card-{name}": values[name] for name in asked.fields})
    assert fresh(card).get_latest_revision_as_object().kind == Kind.LIEN_COLLECTIF
    assert fresh(card).workflow_in_progress


def test_a_remark_on_a_sentence_calls_one_person_and_is_settled(signed_in, proposed, account, second_editor):
    browser = signed_in("edition")
    sent = {"field": "steps", "quote": "Envoyer le numéro.", "text": "À qui ?", "tell": second_editor.pk}
    browser.post(address(proposed, "review_remark"), sent)
    (remark,) = proposed.wagtail_admin_comments.all()
    assert (remark.contentpath, remark.text) == ("steps", "« Envoyer le numéro. » À qui ?")
    assert mailed("review_remark") == [second_editor.pk]
    assert "À qui ?" in browser.get(address(proposed)).content.decode()
    browser.post(address(proposed, "review_resolve", remark.pk))
    assert "À qui ?" not in browser.get(address(proposed)).content.decode()
    assert browser.post(address(proposed, "review_remark"), {"field": "steps", "text": ""}).status_code == 422


def test_words_kept_for_the_network_serve_again(signed_in, proposed, account):
    decided(signed_in("edition"), proposed, "correct", words="Dites qui enregistre.", keep_as="Qui fait quoi")
    reply = SavedReply.objects.get()
    other = propose_card(author=account("karim"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    decided(signed_in("edition"), other, "correct", reply=reply.pk, words="")
    assert fresh(other).current_workflow_state.current_task_state.comment == "Dites qui enregistre."
    assert "Qui fait quoi" not in signed_in("edition-numerique").get(reverse("saved_replies")).content.decode()
    assert signed_in("edition-numerique").post(reverse("saved_reply_delete", args=[reply.pk])).status_code == 404
    signed_in("edition").post(reverse("saved_reply_delete", args=[reply.pk]))
    assert not SavedReply.objects.exists()


def test_a_published_card_changes_with_a_second_pair_of_eyes(signed_in, account, edited, second_editor):
    html = signed_in("edition").get(address(edited)).content.decode()
    assert "Ce sont vos mots" in html
    assert second_editor.public_name in html
    assert not edited.permissions_for_user(account("edition")).can_publish()
    signed_in("edition").post(address(edited), {"verdict": "good"} | TICKED)
    assert not PendingDecision.objects.exists()
    shown = signed_in("edition-parcours").get(address(edited)).content.decode()
    assert 'class="addition"' in shown
    decided(signed_in("edition-parcours"), edited, "good", **TICKED)
    assert fresh(edited).summary == "Un café en visio, le jeudi, pour garder le lien."


def test_those_who_follow_a_card_are_told_when_its_meaning_changes(signed_in, account, edited, second_editor):
    follow(user=account("karim"), obj=edited)
    decided(signed_in("edition-parcours"), edited, "good", change_note="Le café dure une heure de moins.", **TICKED)
    assert ChangeNote.objects.get().text == "Le café dure une heure de moins."
    job = ProcrastinateJob.objects.filter(args__kind="card_changed").get()
    assert job.args["followers_of"] == [["fiche", edited.pk]]


def test_a_typing_error_is_published_alone_once_said_and_the_history_tells_it(signed_in, account):
    card = PracticePage.objects.get(slug=CAFE)
    browser = signed_in("edition")
    assert browser.get(address(card, "typing_error")).status_code == 303
    latest = card.get_latest_revision_as_object()
    latest.summary = "Un café en visio chaque jeudi."
    latest.save_revision(user=account("edition"))
    assert browser.post(address(card, "typing_error")).status_code == 422
    assert fresh(card).summary != "Un café en visio chaque jeudi."
    browser.post(address(card, "typing_error"), {"same_meaning": "on"})
    assert fresh(card).summary == "Un café en visio chaque jeudi."
    entry = PageLogEntry.objects.get(page=card.pk, action="review.typo")
    assert (entry.user, entry.data["fields"]) == (account("edition"), "En une phrase")


def test_a_change_is_sent_to_review_from_the_desk(signed_in, account):
    card = PracticePage.objects.get(slug=CAFE)
    latest = card.get_latest_revision_as_object()
    latest.summary = "Autre chose."
    latest.save_revision(user=account("edition"))
    signed_in("edition").post(address(card, "review_send"))
    assert fresh(card).current_workflow_state.requested_by == account("edition")
    assert mailed("card_to_review")[-1:] == [account("coordination").pk]


def test_the_screen_costs_a_bounded_number_of_queries(signed_in, proposed):
    assert len(queries_of(signed_in("edition"), address(proposed))) <= 75
