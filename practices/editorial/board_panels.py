"""What the board shows of reviews, and of the drafts that wait for none."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState

from kb_site.french.dates import french_date
from practices.board.panels import Found, Panel, Row, Scope, register

from .editing_sessions import readers_of
from .queue import queue_for

ASLEEP = datetime.timedelta(days=30)


def _day(moment: datetime.datetime | None) -> str:
    return french_date(timezone.localtime(moment), "j F Y") if moment else ""


def _in_review(states: list[str]) -> Exists:
    pages = ContentType.objects.get_for_model(Page)
    waiting = WorkflowState.objects.filter(
        base_content_type=pages, status__in=states, object_id=Cast(OuterRef("pk"), CharField())
    )
    return Exists(waiting)


def _in_review_now(scope: Scope, pages: QuerySet[Any], limit: int, facts: Callable[[Page], str]) -> Found:
    """Return the rows of cards in review, the most urgent first: until when, and who reads them now. Three queries."""
    pages = pages.annotate(
        due_on=F("practicepage__review_deadline__due_on"),
        entrusted_to=F("practicepage__review_assignment__person__first_name"),
    )
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
        if page.entrusted_to:
            told.append(_("confiée à %s") % page.entrusted_to)
        if page.pk in readers:
            told.append(_("%s relit en ce moment") % readers[page.pk])
        row = Row(
            page.draft_title,
            _("Relire"),
            reverse("review_card", args=[page.pk]),
            " · ".join(told),
            scope.network_of(page),
        )
        rows.append(row)
    return Found(count, rows)


def _facts(page: Page) -> str:
    if page.first_published_at:
        return _("Changement d’une fiche en ligne, du %(day)s") % {"day": _day(page.latest_revision_created_at)}
    who, day = page.owner or _("un compte supprimé"), _day(page.latest_revision_created_at)
    return _("Proposée par %(who)s, le %(day)s") % {"who": who, "day": day}


def _for_me(scope: Scope) -> QuerySet[Page]:
    """The cards in review that this person may decide on, but for those entrusted to somebody else."""
    return scope.pages.filter(pk__in=queue_for(scope.user).order_by().values("pk"))


def _reviews(scope: Scope, limit: int) -> Found:
    return _in_review_now(scope, _for_me(scope).select_related("owner"), limit, _facts)


def _reviews_of_others(scope: Scope, limit: int) -> Found:
    in_review = _in_review([WorkflowState.STATUS_IN_PROGRESS])
    pages = scope.pages.filter(in_review).exclude(pk__in=_for_me(scope).order_by().values("pk"))
    return _in_review_now(scope, pages.select_related("owner"), limit, _facts)


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


register(Panel("relectures", gettext_lazy("À relire par vous"), _reviews, 10))
register(Panel("relectures-des-autres", gettext_lazy("En relecture, par d’autres"), _reviews_of_others, 20))
register(Panel("brouillons", gettext_lazy("Brouillons endormis"), _drafts_asleep, 90))
