"""What reviewers wrote to the author of a card, in the order of time: for the author, and for the other reviewers."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from ..models import PracticePage
from .models.review import PrivacyTask, StoppedReview


@dataclass(frozen=True)
class Words:
    """Words of one reviewer: with which decision, by whom (None: an account that is gone), when."""

    decision: str
    text: str
    by: Any
    at: datetime.datetime | None


def word_of(state: TaskState) -> str:
    """Return what was written with a decision, without the list of what was ticked with it."""
    approved = state.status == TaskState.STATUS_APPROVED
    if approved and isinstance(state.task.specific, PrivacyTask):
        return str(state.comment.partition("\n")[2]).strip()
    return str(state.comment).strip()


def words_about(card: PracticePage) -> list[Words]:
    """Return what reviewers wrote on this card since its first review, oldest first."""
    states = TaskState.objects.filter(
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        workflow_state__object_id=str(card.pk),
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED],
    ).exclude(comment="")
    labels = {TaskState.STATUS_APPROVED: _("Étape passée"), TaskState.STATUS_REJECTED: _("Corrections demandées")}
    found = [
        Words(labels[state.status], text, state.finished_by, state.finished_at)
        for state in states.select_related("finished_by", "task").order_by("finished_at")
        if (text := word_of(state))
    ]
    found += [
        Words(_("Relecture arrêtée"), stopped.reason, stopped.stopped_by, stopped.stopped_at)
        for stopped in StoppedReview.objects.filter(card=card).select_related("stopped_by")
    ]
    return sorted(found, key=lambda words: words.at or datetime.datetime.min.replace(tzinfo=datetime.UTC))
