"""The review desk: decide, undo within ten seconds, entrust a card to one person, remark on a sentence, complete a field."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Comment, TaskState

from kb_site.accounts.models import Network, User
from kb_site.jobs import defer
from kb_site.mailing.tasks import defer_mail
from kb_site.notifications.services import notify

from ...models import PracticePage
from ..models.desk import UNDO_FOR, ChangeNote, PendingDecision, ReviewAssignment, SavedReply, Verdict
from ..models.review import CardTask, PrivacyTask, StoppedReview
from .review import NoReview, stop_review


class DeskError(Exception):
    """Something that cannot be done on the desk."""


class AlreadyDecided(DeskError):
    """Somebody decided on this card meanwhile."""


class TooLate(DeskError):
    """The decision is applied: nothing to undo."""


class NotAReviewer(DeskError):
    """The person named may not decide on this card."""


class NotTheAuthor(DeskError):
    """Only the author of a card answers a refusal."""


def step_of(card: PracticePage, user: Any) -> TaskState | None:
    """Return the step of review that waits for this person's decision; None where there is none for them."""
    state = card.current_workflow_task_state
    task = state.task.specific if state else None
    if state is None or not isinstance(task, CardTask) or not task.get_actions(card, user):
        return None
    return state


@transaction.atomic
def decide(
    *, card: PracticePage, by: User, verdict: str, words: str = "", checked: bool = False, change_note: str = ""
) -> PendingDecision:
    """Take a decision that is applied in ten seconds, unless it is undone. Raises AlreadyDecided.

    Who may decide and what must be said is checked by the form, and again when the decision is applied.
    """
    PendingDecision.objects.filter(card=card).exclude(failed="").delete()
    fields = {"verdict": verdict, "words": words, "checked": checked, "change_note": change_note}
    try:
        with transaction.atomic():
            decision = PendingDecision.objects.create(card=card, decided_by=by, **fields)
    except IntegrityError:
        raise AlreadyDecided from None
    defer("review.apply_decision", in_seconds=int(UNDO_FOR.total_seconds()), decision=decision.pk)
    return decision


@transaction.atomic
def undo(*, card: PracticePage, by: User) -> None:
    """Take one's decision back. Raises TooLate."""
    waiting = PendingDecision.objects.select_for_update().filter(card=card, decided_by=by, failed="").first()
    if waiting is None:
        raise TooLate
    waiting.delete()


@transaction.atomic
def apply_decision(decision_id: int) -> None:
    """Apply a decision that was not undone; what stands in the way is kept beside it, in words, for its author."""
    decision = PendingDecision.objects.select_for_update().filter(pk=decision_id, failed="").first()
    if decision is None:
        return
    try:
        with transaction.atomic():
            _apply(decision)
    except (PermissionDenied, ValidationError, NoReview) as error:
        words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        decision.failed = (words or _("La relecture a changé pendant ce temps."))[:500]
        decision.save(update_fields=["failed"])
        return
    decision.delete()


def _apply(decision: PendingDecision) -> None:
    card = PracticePage.objects.get(pk=decision.card_id)
    state = step_of(card, decision.decided_by)
    if state is None:
        raise NoReview
    if decision.verdict == Verdict.NO:
        stop_review(card=card, by=decision.decided_by, reason=decision.words, final=True)
    elif decision.verdict == Verdict.CORRECT:
        _act(state, decision.decided_by, "reject", comment=decision.words)
    else:
        _accept(card, state, decision)
    ReviewAssignment.objects.filter(card=card).delete()


def _act(state: TaskState, user: User, action: str, **data: Any) -> None:
    state.task.specific.on_action(state.specific, user, action, **data)


def _accept(card: PracticePage, state: TaskState, decision: PendingDecision) -> None:
    """Pass the step, and the privacy list with it when it was ticked; the last step publishes."""
    was_published, words = card.first_published_at is not None, decision.words
    if isinstance(state.task.specific, PrivacyTask):
        _accept_privacy(state, decision, words)
    else:
        _act(state, decision.decided_by, "approve", comment=words)
        following = step_of(PracticePage.objects.get(pk=card.pk), decision.decided_by)
        if decision.checked and following is not None and isinstance(following.task.specific, PrivacyTask):
            _accept_privacy(following, decision, "")
    published = PracticePage.objects.get(pk=card.pk)
    if decision.change_note and was_published and published.current_workflow_state is None:
        note = ChangeNote.objects.create(card=published, text=decision.change_note, written_by=decision.decided_by)
        notify(
            kind="card_changed",
            target=published,
            key=f"change:{note.pk}",
            actor=decision.decided_by,
            source=note.pk,
            followers_of=[published],
        )


def _accept_privacy(state: TaskState, decision: PendingDecision, words: str) -> None:
    ticked = dict.fromkeys(PrivacyTask.items, decision.checked)
    _act(state, decision.decided_by, "approve", comment=words, **ticked)


@transaction.atomic
def assign(*, card: PracticePage, to: User | None, by: User) -> None:
    """Entrust the review of a card to one person, who is told « à ton tour »; None: to nobody in particular.

    Raises NotAReviewer.
    """
    if to is None:
        ReviewAssignment.objects.filter(card=card).delete()
        return
    if step_of(card, to) is None:
        raise NotAReviewer
    fields = {"person": to, "assigned_by": by, "assigned_at": timezone.now()}
    assignment, _created = ReviewAssignment.objects.update_or_create(card=card, defaults=fields)
    log(instance=card, action="review.assign", user=by, data={"name": str(to)})
    if to != by:
        defer_mail("review_assigned", to=to, assignment=assignment.pk)


@transaction.atomic
def remark(*, card: PracticePage, by: User, field: str, text: str, tell: User | None = None) -> Comment:
    """Write a remark beside a part of a card, for those who review it; the one person named is told by mail."""
    written = Comment.objects.create(page=card.page_ptr, user=by, contentpath=field, text=text, position="")
    if tell is not None and tell != by:
        defer_mail("review_remark", to=tell, remark=written.pk)
    return written


def resolve(*, remark: Comment, by: User) -> None:
    """Say that a remark is dealt with."""
    if remark.resolved_at is None:
        # Not save(): Wagtail's reads update_fields as fields, not as their names.
        Comment.objects.filter(pk=remark.pk).update(resolved_at=timezone.now(), resolved_by=by)


def keep_reply(*, network: Network, title: str, text: str, by: User) -> SavedReply:
    """Keep words for the editors of a network; the same name again replaces them."""
    reply, _created = SavedReply.objects.update_or_create(
        network=network, title=title, defaults={"text": text, "created_by": by}
    )
    return reply


@transaction.atomic
def answer_refusal(*, stopped: StoppedReview, by: User, text: str) -> None:
    """Store what an author answers to a refusal and tell who refused. Raises NotTheAuthor."""
    if stopped.card.owner_id != by.pk:
        raise NotTheAuthor
    stopped.answer, stopped.answered_at = text, timezone.now()
    stopped.save(update_fields=["answer", "answered_at"])
    log(instance=stopped.card, action="review.answer", user=by, data={"answer": text})
    if stopped.stopped_by is not None:
        defer_mail("refusal_answered", to=stopped.stopped_by, stopped=stopped.pk)


@transaction.atomic
def take_up_again(*, card: PracticePage, by: User) -> None:
    """Send a card to its review: the change of a published card, or one that a refusal had stopped. Raises NoReview."""
    workflow = card.get_workflow()
    if workflow is None or card.current_workflow_state is not None:
        raise NoReview
    workflow.start(card, by)
