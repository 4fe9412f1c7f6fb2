"""The mails of a review; each is composed when it leaves, and None when there is nothing left to say."""

from django.urls import reverse
from wagtail.models import Comment, Page, TaskState

from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail

from ...models import PracticePage
from ..mail_replies import CARD, DECISION, QUESTION, REFUSAL, REMARK
from ..models.desk import ReviewAssignment
from ..models.review import ReviewQuestion, StoppedReview
from ..review_comments import word_of


def card_to_review(*, to: User, card: int, task: int) -> Mail | None:
    """To each editor concerned, when a card reaches a step of its review."""
    page = PracticePage.objects.filter(pk=card).first()
    step = page.current_workflow_task if page else None
    if page is None or step is None or step.pk != task or not step.specific.get_actions(page, to):
        return None
    return Mail(
        "card_to_review",
        {"card": page, "step": step, "deadline": _deadline(page)},
        published=False,
        reply=(CARD, page.pk),
    )


def card_to_correct(*, to: User, task_state: int) -> Mail | None:
    """To the author, when an editor asks for corrections."""
    state = TaskState.objects.filter(pk=task_state, status=TaskState.STATUS_REJECTED).first()
    page = state.workflow_state.content_object if state else None
    if state is None or page is None or page.owner_id != to.pk:
        return None
    context = {"card": page, "reason": state.comment, "editor": state.finished_by}
    return Mail("card_to_correct", context, published=False, reply=(DECISION, state.pk))


def word_to_author(*, to: User, task_state: int) -> Mail | None:
    """To the author, when an editor gives a word with an approval."""
    state = TaskState.objects.filter(pk=task_state, status=TaskState.STATUS_APPROVED).first()
    page = state.workflow_state.content_object if state else None
    if state is None or page is None or page.owner_id != to.pk or not (word := word_of(state)):
        return None
    context = {"card": page, "word": word, "editor": state.finished_by, "address": _address(page)}
    return Mail("word_to_author", context, published=False, reply=(DECISION, state.pk))


def review_stopped(*, to: User, stopped: int) -> Mail | None:
    """To the author, when an editor stops the review."""
    row = StoppedReview.objects.filter(pk=stopped, card__owner=to).select_related("card", "stopped_by").first()
    if row is None:
        return None
    context = {"card": row.card, "stopped": row, "address": _address(row.card)}
    return Mail("review_stopped", context, published=False, reply=(REFUSAL, row.pk))


def refusal_answered(*, to: User, stopped: int) -> Mail | None:
    """To the editor who said « pas pour nous », when the author answers."""
    row = StoppedReview.objects.exclude(answer="").filter(pk=stopped, stopped_by=to).select_related("card").first()
    if row is None or not row.card.permissions_for_user(to).can_edit():
        return None
    return Mail("refusal_answered", {"card": row.card, "stopped": row}, published=False, reply=(CARD, row.card_id))


def review_assigned(*, to: User, assignment: int) -> Mail | None:
    """To the one person whom a review is entrusted to."""
    row = ReviewAssignment.objects.filter(pk=assignment, person=to).select_related("card", "assigned_by").first()
    task = row.card.current_workflow_task if row else None
    if row is None or task is None or not task.specific.get_actions(row.card, to):
        return None
    context = {"card": row.card, "assignment": row, "deadline": _deadline(row.card)}
    return Mail("review_assigned", context, published=False, reply=(CARD, row.card_id))


def review_remark(*, to: User, remark: int) -> Mail | None:
    """To the person whom a remark on a sentence calls."""
    row = Comment.objects.filter(pk=remark, resolved_at=None).select_related("page", "user").first()
    card = row.page.specific if row else None
    if row is None or not isinstance(card, PracticePage) or not card.permissions_for_user(to).can_edit():
        return None
    return Mail("review_remark", {"card": card, "remark": row}, published=False, reply=(REMARK, row.pk))


def question_to_author(*, to: User, question: int) -> Mail | None:
    """To the author, when a reviewer asks a question."""
    asked = ReviewQuestion.objects.filter(pk=question, answer="").select_related("card", "asked_by").first()
    if asked is None or asked.card.owner_id != to.pk:
        return None
    return Mail(
        "question_to_author", {"question": asked, "card": asked.card}, published=False, reply=(QUESTION, asked.pk)
    )


def question_answered(*, to: User, question: int) -> Mail | None:
    """To the reviewer who asked, when the author has answered."""
    asked = ReviewQuestion.objects.exclude(answer="").filter(pk=question).select_related("card").first()
    if asked is None or not asked.card.permissions_for_user(to).can_edit():
        return None
    return Mail(
        "question_answered", {"question": asked, "card": asked.card}, published=False, reply=(CARD, asked.card_id)
    )


def _address(page: Page) -> str:
    """Return the path of the page where the author follows this card, or else all of theirs."""
    proposal = getattr(page.specific, "proposal", None)
    return reverse("proposal", args=[proposal.pk]) if proposal else reverse("my_proposals")


def _deadline(page: PracticePage) -> object:
    return getattr(page, "review_deadline", None)
