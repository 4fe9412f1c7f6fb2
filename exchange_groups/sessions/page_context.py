"""What the page of a session shows, as far as its reader may see it, in a constant number of queries."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from .calendars import online_calendars
from .choices import COMING, DateAnswer, RegistrationState, SessionState
from .date_poll import own_answers
from .models import AGENDA_ORDER, VOTES_EACH, AgendaItem, ItemVote, Session
from .permissions import rights_on
from .services.agenda import OPEN_TO_TOPICS


def agenda_of(session: Session, user: Any) -> QuerySet[AgendaItem]:
    """Return the items with `vote_count` and `is_mine` (this person has voted for it)."""
    mine = ItemVote.objects.filter(item=OuterRef("pk"), user=user.pk)
    items = session.items.annotate(vote_count=Count("votes"), is_mine=Exists(mine))
    return items.order_by(*AGENDA_ORDER).select_related("bearer", "topic__group")


def counted(session: Session) -> dict[str, Any]:
    """Return how many have a place (`registered_count`) or wait (`waiting_count`), and the places left (None: no limit)."""
    counts = session.registrations.aggregate(
        registered=Count("pk", filter=Q(state=RegistrationState.REGISTERED)),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
    )
    left = None if session.capacity is None else max(session.capacity - counts["registered"], 0)
    return {"registered_count": counts["registered"], "waiting_count": counts["waiting"], "places_left": left}


def page_context(session: Session, user: Any) -> dict[str, Any]:
    """Return the variables of sessions/session_page.html."""
    rights = rights_on(session, user)
    context: dict[str, Any] = {
        "session": session,
        "group": session.group,
        "rights": rights,
        "is_coming": session.state in COMING,
        "is_preparing": session.state in OPEN_TO_TOPICS,
        "leads_group": session.group.is_facilitated_by(user) and session.group.is_open_to_words,
        "steps": list(session.steps.all()),
        "themes": list(session.themes.all()),
    }
    if session.state not in {SessionState.DRAFT, SessionState.POLLING, SessionState.CANCELLED}:
        context |= counted(session)
    if session.state in COMING:
        context["calendars"] = online_calendars(session, with_access=rights.sees_access)
    if session.state == SessionState.POLLING and rights.reads:
        context |= {"answers": own_answers(session, user), "choices": DateAnswer.choices}
    if rights.reads or rights.runs:
        items = list(agenda_of(session, user))
        used = sum(item.is_mine for item in items)  # type: ignore[attr-defined]
        context |= {
            "agenda": [item for item in items if item.order is not None],
            "proposed": [item for item in items if item.order is None],
            "votes_left": max(VOTES_EACH - used, 0),
        }
    return context
