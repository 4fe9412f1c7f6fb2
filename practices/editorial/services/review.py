"""Review: the workflow of each network, and what is told to whom at each step."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from kb_site.accounts import groups
from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from ...models import PracticePage, PracticeSectionPage
from ..models.desk import ReviewAssignment
from ..models.review import CardTask, NetworkReviewTask, PrivacyTask, ReviewDeadline, ReviewQuestion, StoppedReview
from ..review_comments import word_of


class NotTheAuthor(Exception):
    """Only the author of the card answers the reviewers' questions."""


class NoReview(Exception):
    """No review of the card is under way: it ended, or somebody was faster."""


@transaction.atomic
def ensure_workflow(*, section: PracticeSectionPage, editors: Iterable[Group]) -> Workflow:
    """Return the workflow of a network's section, created if need be: its review, then the privacy checklist."""
    existing = WorkflowPage.objects.filter(page=section).select_related("workflow").first()
    if existing is not None:
        return existing.workflow
    workflow = Workflow.objects.create(name=f"Relecture – {section.title}"[:255])
    for order, (model, name) in enumerate([(NetworkReviewTask, "Relecture réseau"), (PrivacyTask, "Confidentialité")]):
        task = model.objects.create(name=f"{name} – {section.title}"[:255])
        task.groups.set(editors)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=section)
    return workflow


def reviewers_of(card: PracticePage, task: CardTask) -> list[User]:
    """Return those who are told that a card waits: the network's editors, the coordination where there is none.

    Never who wrote what is to be read.
    """
    able = User.objects.filter(groups__in=task.groups.all(), is_active=True, status=User.Status.APPROVED)
    state = card.current_workflow_state
    author = state.requested_by_id if state and card.first_published_at else card.owner_id
    able = able.exclude(pk=author).distinct()
    editors = list(able.exclude(groups__name=groups.COORDINATION))
    return editors or list(able)


def announce_step(*, card: PracticePage, task: CardTask) -> None:
    """Tell the editors concerned that a card waits for them at this step: the one it was entrusted to, if any."""
    assignment = ReviewAssignment.objects.filter(card=card).select_related("person").first()
    reviewers = reviewers_of(card, task)
    for reviewer in [assignment.person] if assignment and assignment.person in reviewers else reviewers:
        defer_mail("card_to_review", to=reviewer, card=card.pk, task=task.pk)


def announce_refusal(*, card: PracticePage, task_state: TaskState) -> None:
    """Tell the author of a card what must be corrected."""
    if card.owner is not None:
        defer_mail("card_to_correct", to=card.owner, task_state=task_state.pk)


def announce_word(*, card: PracticePage, task_state: TaskState) -> None:
    """Hand the author the word that goes with an approval, if there is one."""
    if card.owner is not None and word_of(task_state):
        defer_mail("word_to_author", to=card.owner, task_state=task_state.pk)


@transaction.atomic
def stop_review(*, card: PracticePage, by: Any, reason: str, final: bool = False) -> bool:
    """Stop the review of a card and tell its author why; return whether somebody else than `by` was told.

    `final`: the card is not for this network.
    Whether the person may stop it is for the caller to check. Raises NoReview when none is under way (any more).
    """
    current = card.current_workflow_state
    state = current and WorkflowState.objects.select_for_update(of=("self",)).active().filter(pk=current.pk).first()
    if state is None:
        raise NoReview
    state.cancel(user=by)
    stopped = StoppedReview.objects.create(card=card, stopped_by=by, reason=reason, final=final)
    log(instance=card, action="review.stop", user=by, data={"reason": reason})
    if card.owner is None or card.owner == by:
        return False
    defer_mail("review_stopped", to=card.owner, stopped=stopped.pk)
    return True


@transaction.atomic
def ask_author(*, card: PracticePage, by: Any, text: str) -> ReviewQuestion:
    """Ask the author of a card a question; the review goes on meanwhile."""
    question = ReviewQuestion.objects.create(card=card, asked_by=by, text=text)
    log(instance=card, action="review.ask", user=by, data={"question": text})
    if card.owner is not None:
        defer_mail("question_to_author", to=card.owner, question=question.pk)
    return question


@transaction.atomic
def answer_question(*, question: ReviewQuestion, by: User, text: str) -> None:
    """Store the author's answer and tell the person who asked; another answer replaces it. Raises NotTheAuthor."""
    if question.card.owner_id != by.pk:
        raise NotTheAuthor
    if question.answer == text:
        return
    question.answer, question.answered_at = text, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    log(instance=question.card, action="review.answer", user=by, data={"answer": text})
    if question.asked_by is not None:
        defer_mail("question_answered", to=question.asked_by, question=question.pk)


@transaction.atomic
def set_deadline(*, card: PracticePage, by: Any, due_on: datetime.date | None) -> None:
    """Say until when a card should be reviewed; None: no date any more."""
    if due_on is None:
        ReviewDeadline.objects.filter(card=card).delete()
    else:
        ReviewDeadline.objects.update_or_create(card=card, defaults={"due_on": due_on, "set_by": by})
    log(instance=card, action="review.deadline", user=by, data={"due_on": due_on and due_on.isoformat()})
