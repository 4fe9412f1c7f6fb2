"""A card that a member proposed to the first network, and how its review goes on."""

import pytest
from django.db.models import Max
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.accounts.models import Network
from practices.choices import Channel, Kind, Modality
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.proposals import propose_card
from practices.models import PracticePage

IDEA = ProposedCard(
    title="Le répondeur du lundi",
    summary="Un message d’une minute, à écouter quand on peut.",
    challenges=("isolement",),
    steps=("Enregistrer un message.", "Envoyer le numéro."),
    limits="Ne convient pas pour une urgence.",
    objective="Donner des nouvelles à toute l’équipe.",
)
TICKED = {"nobody": "on", "consents": "on", "tools": "on", "comment": ""}


def fresh(card):
    return PracticePage.objects.get(pk=card.pk)


@pytest.fixture
def proposed(account):
    """A card proposed by a member of the first network, complete enough to be published."""
    card = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    latest = card.get_latest_revision_as_object()
    latest.kind, latest.modality, latest.channels = Kind.LIEN_COLLECTIF, Modality.DISTANCE_DIFFERE, [Channel.TELEPHONE]
    latest.save_revision(user=account("edition"))
    return fresh(card)


@pytest.fixture
def decide(signed_in):
    """Post a decision as the modal of the editing screen does, and return the answer."""

    def post(name, card, action, **data):
        state = fresh(card).current_workflow_task_state
        return signed_in(name).post(
            reverse("wagtailadmin_pages:workflow_action", args=[card.pk, action, state.pk]), data
        )

    return post


@pytest.fixture
def queued(db):
    """Return to whom the mails of this name were queued since the test began."""
    start = ProcrastinateJob.objects.aggregate(last=Max("id"))["last"] or 0

    def recipients(name):
        jobs = ProcrastinateJob.objects.filter(id__gt=start, args__name=name)
        return [job.args["to"] for job in jobs.order_by("id")]

    return recipients
