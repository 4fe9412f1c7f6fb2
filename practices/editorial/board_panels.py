"""What the board shows of reviews, and of the drafts that wait for none."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from kb_site.french.dates import french_date
from practices.board.panels import Found, Panel, Row, Scope, register

from .editing_sessions import readers_of

ASLEEP = datetime.timedelta(days=30)


def _day(moment: datetime.datetime | None) -> str:
    return french_date(timezone.localtime(moment), "j F Y") if moment else ""


def _in_review(states: list[str]) -> Exists:
    pages = ContentType.objects.get_for_model(Page)
    waiting = WorkflowState.objects.filter(
        base_content_type=pages, status__in=states, object_id=Cast(OuterRef("pk"), CharField())
    )
    return Exists(waiting)


def _proposals(scope: Scope, limit: int) -> Found:
    pages = scope.pages.filter(_in_review([WorkflowState.STATUS_IN_PROGRESS]), first_published_at=None)

    def facts(page: Page) -> str:
        return _("Proposée par %(who)s, le %(day)s") % {
            "who": page.owner or _("un compte supprimé"),
            "day": _day(page.latest_revision_created_at),
        }

    return _in_review_now(scope, pages.select_related("owner"), limit, facts)


def _in_review_now(scope: Scope, pages: QuerySet[Page], limit: int, facts: Callable[[Page], str]) -> Found:
    """Return the rows of cards in review, the most urgent first: until when, and who reads them now. Three queries."""
    pages = pages.annotate(due_on=F("practicepage__review_deadline__due_on"))
    urgent = pages.order_by(F("due_on").asc(nulls_last=True), "latest_revision_created_at")
    count = pages.count()
    shown: list[Any] = list(urgent[:limit]) if count and limit else []
    readers = readers_of([page.pk for page in shown]) if shown else {}
    rows = []
    for page in shown:
        told = [facts(page)]
        if page.due_on:
            words = (
                _("en retard : à relire avant le %s")
                if page.due_on < timezone.localdate()
                else _("à relire avant le %s")
            )
            told.append(words % french_date(page.due_on, "j F"))
        if page.pk in readers:
            told.append(_("%s relit en ce moment") % readers[page.pk])
        row = Row(page.draft_title, _("Relire"), _edit(page), " · ".join(told), scope.network_of(page))
        rows.append(row)
    return Found(count, rows)


def tasks_of(user: Any) -> Q:
    """Return the condition that a task state waits for one of this person's groups, whatever the type of its task."""
    groups = user.groups.order_by().values("pk")
    condition = Q(pk__in=[])
    for model in _concrete_subclasses(AbstractGroupApprovalTask):
        tasks = model.objects.all() if user.is_superuser else model.objects.filter(groups__in=groups)
        condition |= Q(task__in=tasks.order_by().values("pk"))
    return condition


def _concrete_subclasses(model: type) -> list[Any]:
    found: list[Any] = []
    child: Any
    for child in model.__subclasses__():
        found += [child] * (not child._meta.abstract) + _concrete_subclasses(child)
    return found


def _reviews(scope: Scope, limit: int) -> Found:
    mine = TaskState.objects.filter(tasks_of(scope.user), status=TaskState.STATUS_IN_PROGRESS)
    waiting = mine.filter(
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        workflow_state__object_id=Cast(OuterRef("pk"), CharField()),
    )
    # Nobody approves their own card.
    pages = scope.pages.filter(Exists(waiting)).exclude(owner=scope.user)

    def facts(page: Page) -> str:
        return _("En relecture depuis le %(day)s") % {"day": _day(page.latest_revision_created_at)}

    return _in_review_now(scope, pages, limit, facts)


def drafts_asleep(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Drafts, or changes to a published page, that nobody touched for 30 days and that no review waits for."""
    open_states = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    return pages.filter(
        ~_in_review(open_states),
        has_unpublished_changes=True,
        latest_revision_created_at__lt=timezone.now() - ASLEEP,
        _approved_schedule=False,
    )


def _drafts_asleep(scope: Scope, limit: int) -> Found:
    def row(page: Page) -> Row:
        facts = _("Pas touché depuis le %(day)s") % {"day": _day(page.latest_revision_created_at)}
        return Row(page.draft_title, _("Reprendre"), _edit(page), facts, scope.network_of(page))

    pages = drafts_asleep(scope.pages.annotate_approved_schedule())  # type: ignore[attr-defined]
    return scope.found(pages.order_by("latest_revision_created_at"), limit, row)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


register(Panel("propositions", gettext_lazy("Propositions en attente"), _proposals, 10))
register(Panel("relectures", gettext_lazy("Mes relectures"), _reviews, 20))
register(Panel("brouillons", gettext_lazy("Brouillons endormis"), _drafts_asleep, 90))
