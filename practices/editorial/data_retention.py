"""Proposals and their drafts, reviews, experts' opinions; see kb_site/personal_data.py."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.models import Page, PageLogEntry, TaskState

from kb_site.accounts.models import User
from kb_site.personal_data import ERASED, Description, Matter, acted, describe, hold, kept, register_eraser
from kb_site.redaction import Redactor, redact

from ..credits import cards_of, take_person_off
from ..models import PracticePage
from .models.experts import ADDRESS_KEPT, ExpertInvitation
from .models.proposals import DRAFT_KEPT
from .models.review import ReviewQuestion, StoppedReview

hold(
    {
        "editorial.Proposal.author": kept("the card belongs to its network; its credits lose the name"),
        "editorial.ProposalDraft.author": ERASED,
    }
)


def _take_credits_off(user: User) -> None:
    take_person_off(cards=PracticePage.objects.filter(proposal__author=user), user=user)


register_eraser(_take_credits_off)


hold(
    {
        "editorial.ReviewQuestion.asked_by": kept("question and answer belong to the card's history"),
        "editorial.StoppedReview.stopped_by": acted("why a review was stopped belongs to the card's history"),
        "editorial.ReviewDeadline.set_by": acted("the date of a review stays"),
        "editorial.ReviewAssignment.person": ERASED,
        "editorial.ReviewAssignment.assigned_by": acted("whose turn it is stays"),
        "editorial.PendingDecision.decided_by": ERASED,
        "editorial.SavedReply.created_by": acted("the words are the network's"),
        "editorial.ChangeNote.written_by": acted("what changed belongs to the card's history"),
    }
)


def _take_person_off_reviews(user: User) -> None:
    """What was said to and about the person while their cards were read."""
    cards, redactor = list(cards_of(user).values_list("pk", flat=True)), Redactor(user)
    page = ContentType.objects.get_for_model(Page)
    states = TaskState.objects.filter(workflow_state__base_content_type=page)
    redact(states.filter(workflow_state__object_id__in=map(str, cards)), redactor)
    redact(ReviewQuestion.objects.filter(card__in=cards), redactor)
    redact(StoppedReview.objects.filter(card__in=cards), redactor)


register_eraser(_take_person_off_reviews)


hold({"editorial.ExpertInvitation.invited_by": acted("the opinion belongs to the card's history")})


def _take_expert_off(user: User) -> None:
    """A member may also have been invited as an expert, by their address."""
    invited = ExpertInvitation.objects.filter(email__iexact=user.email)
    for card in set(invited.values_list("card", flat=True)):
        redact(PageLogEntry.objects.filter(page=card, action__startswith="experts."), Redactor(user))
    invited.update(name=_("Ancien membre"), email="")


register_eraser(_take_expert_off)

describe(
    Description(
        Matter.WRITTEN,
        _lazy("Vos propositions de fiches"),
        _lazy("vous et les personnes qui les relisent"),
        (
            "editorial.Proposal",
            "editorial.ReviewQuestion",
            "editorial.StoppedReview",
            "editorial.ReviewDeadline",
            "editorial.ReviewAssignment",
            "editorial.PendingDecision",
            "editorial.SavedReply",
            "editorial.ChangeNote",
        ),
    ),
    Description(
        Matter.WRITTEN,
        _lazy("Vos brouillons de propositions"),
        _lazy("vous"),
        ("editorial.ProposalDraft",),
        kept_for=DRAFT_KEPT,
        after=_lazy("sans y toucher"),
    ),
    Description(
        Matter.EDITED,
        _lazy("L’adresse des experts invités à relire"),
        _lazy("la personne qui invite et les éditeurs"),
        ("editorial.ExpertInvitation",),
        kept_for=ADDRESS_KEPT,
    ),
)
