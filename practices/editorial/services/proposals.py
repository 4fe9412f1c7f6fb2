"""Proposing a card, correcting it, withdrawing it: a contributor needs no access to the editing screens."""

import datetime
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import WorkflowState

from kb_site.accounts.models import Network, User
from kb_site.mailing.tasks import defer_mail

from ...models import PracticePage, PracticeSectionPage
from ..forms.proposals import ProposalForm, drafted
from ..models.proposals import DRAFT_KEPT, Proposal, ProposalDraft
from ..proposed_card import ProposedCard


class ProposalError(Exception):
    """Something that cannot be done with a proposal."""


class NoSection(ProposalError):
    """The network has no section, or no workflow, to receive a card."""


class SubmissionKeyUsed(ProposalError):
    """The submission key belongs to someone else's proposal."""


class NotToCorrect(ProposalError):
    """The card is not waiting for a correction by its author."""


class AlreadyDecided(ProposalError):
    """The card is published, or withdrawn: there is nothing to withdraw."""


def propose_card(
    *,
    author: User,
    network: Network,
    idea: ProposedCard,
    credits: str = "",
    origin: models.Model | None = None,
    photo: bytes | None = None,
    submission_key: uuid.UUID | None = None,
) -> PracticePage:
    """Store a draft card in a network's section, credit its author, and start the network's workflow.

    `credits` defaults to the author's public name and structure; `origin` is what the card was drawn from (a topic, a
    session); `photo` is a JPEG that encode_photo() made. The same key sent again by the same author returns the card stored the first time.
    Raises NoSection or SubmissionKeyUsed.
    """
    key = submission_key or uuid.uuid4()
    if stored := _stored(key, author):
        return stored
    try:
        return _propose(author=author, network=network, idea=idea, credits=credits, origin=origin, photo=photo, key=key)
    except IntegrityError:  # the same form came twice at the same instant
        if stored := _stored(key, author):
            return stored
        raise


def _stored(key: uuid.UUID, author: User) -> PracticePage | None:
    proposal = Proposal.objects.filter(submission_key=key).select_related("card").first()
    if proposal is None:
        return None
    if proposal.author_id != author.pk:
        raise SubmissionKeyUsed
    return proposal.card


@transaction.atomic
def _propose(
    *,
    author: User,
    network: Network,
    idea: ProposedCard,
    credits: str,
    origin: models.Model | None,
    photo: bytes | None,
    key: uuid.UUID,
) -> PracticePage:
    section = PracticeSectionPage.objects.filter(network=network).first()
    workflow = section.get_workflow() if section else None
    if section is None or workflow is None:
        raise NoSection
    # Two proposals at once in the same section wait for one another: they would take the same place in the tree.
    section = PracticeSectionPage.objects.select_for_update().get(pk=section.pk)
    card = PracticePage(owner=author, live=False, origin_structure=author.structure)
    idea.apply_to(card)
    card.credits = credits or _credits_of(author)
    card.photo = _image_of(photo, title=idea.title) if photo else None
    section.add_child(instance=card)
    Proposal.objects.create(
        card=card, author=author, submission_key=key, conditions_told=idea.conditions, origin=origin
    )
    card.save_revision(user=author, log_action=True, clean=False)
    workflow.start(card, author)
    return card


def _image_of(photo: bytes, *, title: str) -> Any:
    """Store a photo among the images of the site, under a name that nobody can guess."""
    image = get_image_model()(title=title)
    image.file = ContentFile(photo, name=f"{uuid.uuid4().hex}.jpg")
    image._set_image_file_metadata()
    image.save()
    return image


def _credits_of(author: User) -> str:
    return ", ".join(filter(None, [author.public_name, author.structure.name if author.structure else ""]))


@transaction.atomic
def correct_card(*, proposal: Proposal, by: User, idea: ProposedCard) -> None:
    """Store the author's corrections after a refusal and send the card back to review. Raises NotToCorrect."""
    state = _locked_state(proposal)
    if proposal.author_id != by.pk or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        raise NotToCorrect
    card: PracticePage = proposal.card.get_latest_revision_as_object()
    idea.apply_to(card)
    Proposal.objects.filter(pk=proposal.pk).update(conditions_told=idea.conditions)
    card.save_revision(user=by, log_action=True, clean=False)
    state.resume(user=by)


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: User) -> None:
    """Take one's proposal back from review; the draft stays with the network. Raises AlreadyDecided."""
    state = _locked_state(proposal)
    if proposal.author_id != by.pk or state is None:
        raise AlreadyDecided
    state.cancel(user=by)
    Proposal.objects.filter(pk=proposal.pk).update(withdrawn_at=timezone.now())


def _locked_state(proposal: Proposal) -> WorkflowState | None:
    """Return the review of this card that is under way, as it is now, with its row locked."""
    current = proposal.card.current_workflow_state
    if current is None:
        return None
    return WorkflowState.objects.select_for_update(of=("self",)).active().filter(pk=current.pk).first()


@transaction.atomic
def welcome_publication(*, card: PracticePage) -> None:
    """Thank the author of a proposal, once, when the card is published."""
    unthanked = Proposal.objects.filter(card=card, thanked_at=None)
    for proposal in unthanked.select_related("author").select_for_update(of=("self",)):
        Proposal.objects.filter(pk=proposal.pk).update(thanked_at=timezone.now(), withdrawn_at=None)
        if proposal.author is not None:
            defer_mail("proposal_published", to=proposal.author, proposal=proposal.pk)


def save_draft(*, author: User, fields: dict[str, Any]) -> ProposalDraft:
    """Keep what a person is writing; the photo of the draft, if any, stays. A draft that was ready and changes is no more."""
    changed = not ProposalDraft.objects.filter(author=author, fields=fields).exists()
    defaults = {"fields": fields} | ({"ready_at": None} if changed else {})
    return ProposalDraft.objects.update_or_create(author=author, defaults=defaults)[0]


def mark_ready(*, draft: ProposalDraft) -> None:
    """Let a draft leave once its author's account is approved (send_prepared)."""
    draft.ready_at = timezone.now()
    draft.save(update_fields=["ready_at"])


@transaction.atomic
def send_prepared(*, author: User) -> PracticePage | None:
    """Propose what a person had ready while their account waited; None when nothing was.

    What can no longer be sent as it stands (its network takes no card any more) stays a draft, for its author to send.
    """
    draft = ProposalDraft.objects.select_for_update().filter(author=author).exclude(ready_at=None).first()
    if draft is None or not author.is_approved:
        return None
    form = ProposalForm(drafted(draft.fields))
    photo = bytes(draft.photo) if draft.photo else None
    try:
        if form.is_valid():
            card = propose_card(author=author, network=form.cleaned_data["network"], idea=form.idea(), photo=photo)
            draft.delete()
            return card
    except NoSection:  # the network closed its section meanwhile
        pass
    draft.ready_at = None
    draft.save(update_fields=["ready_at"])
    return None


def forget_draft(*, author: User) -> None:
    """Forget what a person was writing: it was sent, or given up."""
    ProposalDraft.objects.filter(author=author).delete()


def forget_old_drafts(*, now: datetime.datetime | None = None) -> int:
    """Forget the drafts left alone for 90 days; return their number."""
    limit = (now or timezone.now()) - DRAFT_KEPT
    return ProposalDraft.objects.filter(updated_at__lt=limit).delete()[0]
