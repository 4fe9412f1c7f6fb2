"""What the review desk shows beside a card."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from kb_site.accounts import groups
from kb_site.accounts.models import User

from ..models import PracticePage
from .advice.contradictions import contradictions_of
from .editing_sessions import readers_of
from .forms.desk import AssignForm, RemarkForm, VerdictForm, completing_form
from .models.desk import PendingDecision, ReviewAssignment, Verdict
from .models.review import CardTask, PrivacyTask
from .publication_checks import in_words, problems_of
from .queue import queue_for
from .review_comments import words_about
from .second_eyes import wrote_it
from .services.desk import step_of
from .services.typing_errors import may_mend
from .what_changed import changes_of, former_of


def next_after(card: PracticePage, user: Any) -> Page | None:
    """Return the card that comes after this one in the queue of this person; the first one at its end."""
    queue = list(queue_for(user))
    keys = [page.pk for page in queue]
    others = [page for page in queue if page.pk != card.pk]
    if card.pk not in keys or keys.index(card.pk) + 1 == len(keys):
        return others[0] if others else None
    return queue[keys.index(card.pk) + 1]


def people_who_review(card: PracticePage) -> QuerySet[User]:
    """Return those who may decide at the step that this card is at: the groups of its task, whose words it is not."""
    task = card.current_workflow_task
    if task is None:
        return User.objects.none()
    state = card.current_workflow_state
    author = state.requested_by_id if state and card.first_published_at else card.owner_id
    held = task.specific.groups.order_by().values("pk") if isinstance(task.specific, CardTask) else []
    able = User.objects.filter(groups__in=held, is_active=True, status=User.Status.APPROVED)
    return able.exclude(pk=author).distinct().order_by("first_name", "last_name")


def _names(people: QuerySet[User]) -> str:
    """Return who decides, in words: the editors of the network, else the coordination."""
    editors = list(people.exclude(groups__name=groups.COORDINATION)) or list(people)
    return _(" ou ").join(person.public_name for person in editors[:3])


def what_follows(card: PracticePage, step: TaskState) -> str:
    """Return what a « c’est bon » leads to, and by whom."""
    published = (
        _("elle est publiée et son auteur remercié")
        if card.first_published_at is None
        else _("le changement est en ligne")
    )
    if isinstance(step.task.specific, PrivacyTask):
        return _("Après « C’est bon » : %s.") % published
    who = _names(people_who_review(card))
    return _(
        "Après « C’est bon », les trois points cochés : %(published)s. Sans les cocher, %(who)s vérifiera la confidentialité."
    ) % {"published": published, "who": who}


def desk_context(request: Any, card: PracticePage | None, latest: PracticePage | None = None) -> dict[str, Any]:
    """Return what the desk shows: the queue and what was just decided; with a card and its latest version, all that goes
    with its review."""
    user = request.user
    queue = list(queue_for(user))
    just_decided = PendingDecision.objects.filter(decided_by=user, failed="").select_related("card").order_by("-pk")
    shown: dict[str, Any] = {
        "queue": queue,
        "decisions": [(one, one.get_verdict_display()) for one in just_decided[:3]],
        "verdicts": Verdict,
    }
    if card is None or latest is None:
        return shown
    keys = [page.pk for page in queue]
    place = keys.index(card.pk) if card.pk in keys else -1
    step = step_of(card, user)
    state = card.current_workflow_state
    pending = PendingDecision.objects.filter(card=card).select_related("decided_by").first()
    privacy = step is not None and isinstance(step.task.specific, PrivacyTask)
    people = people_who_review(card)
    problems = problems_of(latest)
    assignment = ReviewAssignment.objects.filter(card=card).select_related("person").first()
    return shown | {
        "card": card,
        "step": step,
        "place": place + 1,
        "previous": queue[place - 1] if place > 0 else None,
        "next": next_after(card, user),
        "form": VerdictForm(card=card, network=card.network, privacy=privacy) if step else None,
        "follows": what_follows(card, step) if step else "",
        "own": state is not None and wrote_it(user, card, state.requested_by_id),
        "in_review": state is not None and card.current_workflow_task is not None,
        "deciders": _names(people),
        "pending": pending if pending and not pending.failed else None,
        "failed": pending.failed if pending else "",
        "changes": changes_of(card, latest),
        "is_new": former_of(card) is None,
        "missing": in_words(problems),
        "contradictions": contradictions_of(latest),
        "complete_form": completing_form(latest, problems),
        "assignment": assignment,
        "assign_form": AssignForm(people=people, initial={"person": assignment.person_id if assignment else None}),
        "remark_form": RemarkForm(people=people, initial={"field": "steps"}, auto_id="remark_%s"),
        "remarks": card.wagtail_admin_comments.filter(resolved_at=None).select_related("user"),
        "words": words_about(card),
        "reader": readers_of([card.pk]).get(card.pk, ""),
        "may_mend": may_mend(card, user),
    }
