"""A member proposes a card: it becomes a draft in the network's section, and enters its review."""

import uuid

import pytest

from kb_site.accounts.models import Network
from practices.editorial.models.proposals import Proposal
from practices.editorial.proposed_card import ProposedCard, line_of, lines_of, step_of
from practices.editorial.services.proposals import (
    AlreadyDecided,
    NoSection,
    NotToCorrect,
    SubmissionKeyUsed,
    correct_card,
    propose_card,
    withdraw_proposal,
)
from practices.models import PracticePage

pytestmark = pytest.mark.django_db

IDEA = ProposedCard(
    title="Le répondeur du lundi",
    challenges=("isolement",),
    steps=("Enregistrer un message d’une minute.", "Envoyer le numéro par SMS."),
    limits="Ne convient pas pour une urgence.",
    conditions="Un numéro avec répondeur",
)


@pytest.fixture
def network(db):
    return Network.objects.get(slug="chantiers-idf")


def test_a_proposal_becomes_a_draft_in_the_section_of_its_network_with_its_author_credited(account, network):
    card = propose_card(author=account("membre"), network=network, idea=IDEA)
    card.refresh_from_db()
    assert not card.live
    assert card.get_parent().specific.network == network
    assert card.owner == account("membre")
    assert card.credits == "Awa D., Les Jardins du Canal"
    assert [step.value["title"] for step in card.get_latest_revision_as_object().steps] == [
        "Enregistrer un message d’une minute",
        "Envoyer le numéro par SMS",
    ]


def test_a_proposal_waits_for_the_review_of_its_own_network(account, network):
    card = propose_card(author=account("membre"), network=network, idea=IDEA)
    task = card.current_workflow_task
    assert task.name == "Relecture réseau – Réseau des chantiers franciliens"
    assert task.get_actions(card, account("edition"))
    assert not task.get_actions(card, account("edition-numerique"))
    assert not task.get_actions(card, account("membre"))


def test_the_same_form_sent_twice_makes_one_card(account, network):
    key = uuid.uuid4()
    first = propose_card(author=account("membre"), network=network, idea=IDEA, submission_key=key)
    second = propose_card(author=account("membre"), network=network, idea=IDEA, submission_key=key)
    assert first.pk == second.pk
    with pytest.raises(SubmissionKeyUsed):
        propose_card(author=account("karim"), network=network, idea=IDEA, submission_key=key)


def test_two_cards_of_the_same_title_each_have_their_address(account, network):
    first = propose_card(author=account("membre"), network=network, idea=IDEA)
    second = propose_card(author=account("karim"), network=network, idea=IDEA)
    assert first.slug != second.slug


def test_a_network_without_section_receives_nothing(account):
    with pytest.raises(NoSection):
        propose_card(author=account("membre"), network=Network.objects.create(name="Neuf", slug="neuf"), idea=IDEA)


def test_a_card_keeps_what_it_was_drawn_from(account, network):
    origin = PracticePage.objects.live().first()
    card = propose_card(
        author=account("animation"), network=network, idea=IDEA, origin=origin, credits="Le groupe des CIP"
    )
    assert card.proposal.origin.pk == origin.pk
    assert card.credits == "Le groupe des CIP"


def test_after_a_refusal_the_author_corrects_and_sends_again(account, network):
    card = propose_card(author=account("membre"), network=network, idea=IDEA)
    proposal = Proposal.objects.get(card=card)
    better = ProposedCard(title="Le répondeur du lundi matin", steps=("Un.", "Deux."), limits="Jamais le week-end.")
    with pytest.raises(NotToCorrect):
        correct_card(proposal=proposal, by=account("membre"), idea=better)
    state = card.current_workflow_task_state
    state.task.specific.on_action(state.specific, account("edition"), "reject", comment="Précisez les limites.")
    with pytest.raises(NotToCorrect):
        correct_card(proposal=Proposal.objects.get(card=card), by=account("karim"), idea=better)
    correct_card(proposal=Proposal.objects.get(card=card), by=account("membre"), idea=better)
    card = PracticePage.objects.get(pk=card.pk)
    assert card.workflow_in_progress
    assert card.get_latest_revision_as_object().title == "Le répondeur du lundi matin"


def test_a_withdrawn_proposal_waits_for_nobody(account, network):
    card = propose_card(author=account("membre"), network=network, idea=IDEA)
    with pytest.raises(AlreadyDecided):
        withdraw_proposal(proposal=card.proposal, by=account("karim"))
    withdraw_proposal(proposal=card.proposal, by=account("membre"))
    card = PracticePage.objects.get(pk=card.pk)
    assert card.current_workflow_state is None
    with pytest.raises(AlreadyDecided):
        withdraw_proposal(proposal=Proposal.objects.get(card=card), by=account("membre"))


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("- un\n\n• deux\r\n3. trois\n4) quatre", ("un", "deux", "trois", "quatre")),
        ("  ", ()),
        ("30 minutes", ("30 minutes",)),
    ],
)
def test_a_list_typed_by_hand_becomes_lines(typed, lines):
    assert lines_of(typed) == lines


LONG = (
    "Appeler chaque personne le lundi matin avant dix heures pour savoir si elle a tout ce qu’il lui faut. Puis noter."
)


@pytest.mark.parametrize(
    ("line", "title", "instruction"),
    [
        ("Enregistrer un message.", "Enregistrer un message", ""),
        ("Appeler. Dix minutes suffisent. Noter.", "Appeler", "Dix minutes suffisent. Noter."),
        (LONG, "Appeler chaque personne le lundi matin avant dix heures pour savoir si elle a…", LONG),
        ("Ouvrir à 10.30 heures", "Ouvrir à 10.30 heures", ""),
        (
            "Enregistrer le lundi une annonce d’une minute : le planning de la semaine, une nouvelle, le nom à appeler. Puis saluer.",
            "Enregistrer le lundi une annonce d’une minute :",
            "le planning de la semaine, une nouvelle, le nom à appeler. Puis saluer.",
        ),
    ],
)
def test_a_line_becomes_a_step_whose_title_is_its_first_sentence(line, title, instruction):
    step = step_of(line)
    assert (step["title"], step["instruction"]) == (title, instruction)
    assert step_of(line_of(step)) == step
