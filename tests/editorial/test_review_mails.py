"""What the mails of a review say, word for word."""

import re

import pytest

from kb_site.accounts.models import Network
from kb_site.mailing.send import render
from kb_site.mails import MAILS
from practices.choices import Channel, Kind, Modality
from practices.editorial.models.experts import ExpertInvitation
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.experts import invite_expert, record_opinion
from practices.editorial.services.proposals import propose_card
from practices.editorial.services.review import answer_question, ask_author
from practices.models import PracticePage

pytestmark = pytest.mark.django_db

FOOT = "\n\n--\nPasse-relais : https://exemple.fr/\nAide et contact : https://exemple.fr/aide/"
TICKED = {"nobody": True, "consents": True, "tools": True}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://exemple.fr"


@pytest.fixture
def card(account):
    idea = ProposedCard(
        title="Le café du lundi",
        summary="Un café par téléphone.",
        challenges=("isolement",),
        steps=("Appeler.", "Écouter."),
        limits="Jamais pour une urgence.",
        objective="Garder le lien.",
    )
    proposed = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=idea)
    latest = proposed.get_latest_revision_as_object()
    latest.kind, latest.modality, latest.channels = Kind.LIEN_COLLECTIF, Modality.DISTANCE_DIRECT, [Channel.TELEPHONE]
    latest.save_revision()
    return PracticePage.objects.get(pk=proposed.pk)


def decide(card, who, action, **data):
    state = PracticePage.objects.get(pk=card.pk).current_workflow_task_state
    state.task.specific.on_action(state.specific, who, action, **data)
    return state


def composed(name, to, **ids):
    """Return subject and text of a mail. None when there is nothing left to say."""
    mail = MAILS[name](to=to, **ids)
    if mail is None:
        return None
    message = render(mail, to, key="essai")
    return message.subject, re.sub(r"/\d+/", "/N/", message.body)


def test_to_an_editor_when_a_card_waits(account, card):
    task = card.current_workflow_task
    assert composed("card_to_review", account("edition"), card=card.pk, task=task.pk) == (
        "À relire : Le café du lundi",
        "Bonjour Marta,\n\nLa fiche « Le café du lundi » attend votre relecture.\n\n"
        "- Étape : Relecture réseau – Réseau des chantiers franciliens\n- Proposée par : Awa Démo\n\n"
        f"Relire la fiche : https://exemple.fr/relire/N/{FOOT}",
    )


def test_nothing_is_said_to_an_editor_who_may_no_longer_decide(account, card):
    task = card.current_workflow_task
    assert composed("card_to_review", account("edition-numerique"), card=card.pk, task=task.pk) is None
    assert composed("card_to_review", account("membre"), card=card.pk, task=task.pk) is None
    decide(card, account("edition"), "approve")
    assert composed("card_to_review", account("edition"), card=card.pk, task=task.pk) is None


def test_to_the_author_when_something_must_be_corrected(account, card):
    state = decide(card, account("edition"), "reject", comment="Dites qui appelle.")
    assert composed("card_to_correct", account("membre"), task_state=state.pk) == (
        "À corriger : Le café du lundi",
        "Bonjour Awa,\n\nVotre fiche « Le café du lundi » a été relue. Il reste quelque chose à corriger avant de la "
        "publier :\n\n    Dites qui appelle.\n\nRelue par : Marta D.\n\n"
        f"Corriger et renvoyer : https://exemple.fr/proposer/mes-propositions/{FOOT}",
    )
    assert composed("card_to_correct", account("karim"), task_state=state.pk) is None


def test_to_the_author_when_a_question_is_asked(account, card):
    question = ask_author(card=card, by=account("edition"), text="Combien de temps ?")
    assert composed("question_to_author", account("membre"), question=question.pk) == (
        "Une question sur votre fiche : Le café du lundi",
        "Bonjour Awa,\n\nUne question sur votre fiche « Le café du lundi » :\n\n    Combien de temps ?\n\nMarta D.\n\n"
        f"Répondre : https://exemple.fr/proposer/mes-propositions/{FOOT}",
    )
    answer_question(question=question, by=account("membre"), text="Vingt minutes.")
    assert composed("question_to_author", account("membre"), question=question.pk) is None


def test_to_the_editor_when_the_author_answers(account, card):
    question = ask_author(card=card, by=account("edition"), text="Combien de temps ?")
    answer_question(question=question, by=account("membre"), text="Vingt minutes.")
    assert composed("question_answered", account("edition"), question=question.pk) == (
        "Une réponse sur : Le café du lundi",
        "Bonjour Marta,\n\nL’auteur de la fiche « Le café du lundi » vous a répondu.\n\n"
        "Votre question :\n\n    Combien de temps ?\n\nSa réponse :\n\n    Vingt minutes.\n\n"
        f"Ouvrir la fiche : https://exemple.fr/admin/pages/N/edit/{FOOT}",
    )
    assert composed("question_answered", account("edition-numerique"), question=question.pk) is None


def test_to_the_author_once_when_the_card_is_published(account, card):
    proposal = card.proposal
    assert composed("proposal_published", account("membre"), proposal=proposal.pk) is None
    decide(card, account("edition"), "approve")
    decide(card, account("edition"), "approve", **TICKED)
    subject, text = composed("proposal_published", account("membre"), proposal=proposal.pk)
    assert subject == "Merci ! Votre fiche est publiée : Le café du lundi"
    assert text.startswith(
        "Bonjour Awa,\n\nVotre fiche « Le café du lundi » est publiée. Merci : ce que vous avez mis au point servira à d’autres."
    )
    assert "/pratiques/chantiers-idf/le-cafe-du-lundi/" in text
    assert type(proposal).objects.get(pk=proposal.pk).thanked_at


def test_to_an_expert_the_link_alone_opens_the_draft(account, card):
    invitation = invite_expert(
        card=card, by=account("edition"), name="Jeanne", email="j@example.org", message="Juste ?"
    )
    subject, text = composed("expert_invitation", invitation)
    assert subject == "Votre avis sur une fiche : Le café du lundi"
    assert text.startswith(
        "Bonjour Jeanne,\n\nMarta Démo vous demande votre avis sur une fiche avant de la publier : « Le café du lundi ».\n\n    Juste ?"
    )
    assert f"https://exemple.fr/relecture/{invitation.token}/" in text
    assert "il sert une fois" in text


def test_to_the_editor_when_an_expert_answers(account, card):
    invitation = invite_expert(card=card, by=account("edition"), name="Jeanne", email="j@example.org")
    verdict = ExpertInvitation.Verdict.OBJECT
    record_opinion(invitation=invitation, verdict=verdict, opinion="Trop long.", notes={"steps": "Coupez."})
    assert composed("expert_answered", account("edition"), invitation=invitation.pk) == (
        "Jeanne a donné son avis sur : Le café du lundi",
        "Bonjour Marta,\n\nJeanne a donné son avis sur « Le café du lundi » :\n\n"
        "Elle ne devrait pas être publiée en l’état\n\n    Trop long.\n\n"
        f"Lire ses remarques : https://exemple.fr/admin/fiches/N/experts/{FOOT}",
    )
    assert composed("expert_answered", account("edition-parcours"), invitation=invitation.pk) is None
