"""Lists of sessions: the calendar, the sessions of a group."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..models import ExchangeGroup
from .models import Session
from .vocabularies import SessionState

SHOWN_ON_GROUP = 4


def listed(user: Any) -> QuerySet[Session]:
    """Sessions that this person may know of, with what a line of a list prints."""
    return Session.objects.visible_to(user).select_related("group__network").prefetch_related("themes")


def without_date(user: Any) -> QuerySet[Session]:
    """Those that have no date: drafts of those who run them, and polls of the groups they share."""
    waiting = listed(user).filter(state__in=[SessionState.BROUILLON, SessionState.SONDAGE], starts_at=None)
    return waiting.order_by("-created_at")


def sessions_of_group(group: ExchangeGroup, user: Any) -> dict[str, Any]:
    """Return the next sessions and polls of a group and its last ones, as this person may know of them."""
    own = Session.objects.visible_to(user).filter(group=group)
    waiting = Q(ends_at__gte=timezone.now()) | Q(state=SessionState.SONDAGE)
    next_ones = own.filter(waiting).exclude(state=SessionState.ANNULEE)
    coming = list(next_ones.order_by(F("starts_at").asc(nulls_last=True), "-created_at")[: SHOWN_ON_GROUP + 2])
    past = list(own.past()[:SHOWN_ON_GROUP])
    for session in [*coming, *past]:
        session.group = group
    return {"coming": coming, "past": past}
