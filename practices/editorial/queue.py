"""The cards that one person has to review now: the same on the desk, the board, the first page and in the bar."""

from typing import Any

from django.db.models import F, QuerySet
from wagtail.models import Page

from .models.desk import PendingDecision, ReviewAssignment
from .second_eyes import waiting_for


def queue_for(user: Any) -> QuerySet[Page]:
    """Return them, those entrusted to this person first, then the most urgent, then the oldest; with `due_on`.

    Without those entrusted to somebody else, nor those whose decision is being applied.
    """
    others = ReviewAssignment.objects.exclude(person=user.pk).values("card")
    decided = PendingDecision.objects.filter(failed="").values("card")
    pages = waiting_for(user).exclude(pk__in=others).exclude(pk__in=decided)
    return pages.annotate(due_on=F("practicepage__review_deadline__due_on")).order_by(
        F("practicepage__review_assignment__person").asc(nulls_last=True),
        F("due_on").asc(nulls_last=True),
        "latest_revision_created_at",
    )
