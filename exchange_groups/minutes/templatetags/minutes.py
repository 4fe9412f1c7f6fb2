"""What pages of sessions, groups and cards show of minutes, as far as the reader may see it."""

from typing import Any

from django import template
from django.db.models import Q

from practices.models import PracticePage

from ...membership import groups_open_to
from ...models import ExchangeGroup, Topic
from ...sessions.models import Note, Session
from ..models import Minutes, MinutesLine
from ..services.writing import was_held
from ..vocabularies import LineKind, MinutesState

register = template.Library()

SHOWN = 4


@register.simple_tag(takes_context=True)
def minutes_entry(context: template.Context, session: Session) -> dict[str, Any]:
    """Return what leads from the page of a session to its minutes and papers: minutes, whether one may write them."""
    user, rights = context["user"], context.get("rights")
    if not was_held(session):
        return {}
    minutes = Minutes.objects.filter(session=session).first()
    runs = bool(rights and rights.runs)
    public = minutes is not None and Minutes.objects.public().filter(pk=minutes.pk).exists() if minutes else False
    place = rights.place if rights else None
    return {
        "runs": runs,
        "minutes": minutes if minutes and (runs or minutes.is_visible_to(user)) else None,
        "public": minutes if public else None,
        "certificate": place if place and place.presence in ("present", "visio", "telephone") else None,
    }


@register.simple_tag(takes_context=True)
def group_outcomes(context: template.Context, group: ExchangeGroup) -> dict[str, Any]:
    """Return what the sessions of a group gave: decisions, open actions, cards; nothing to those who do not share its talk."""
    user = context["user"]
    if group.pk not in groups_open_to(user):
        return {}
    published = MinutesLine.objects.standing().filter(
        minutes__session__group=group, minutes__state=MinutesState.PUBLIE, kind=LineKind.DECISION
    )
    drawn = MinutesLine.objects.filter(minutes__session__group=group, card__isnull=False).values("card")
    capitalised = Topic.objects.filter(group=group, resulting_card__isnull=False).values("resulting_card")
    cards = PracticePage.objects.visible_to(user).filter(Q(pk__in=drawn) | Q(pk__in=capitalised))
    return {
        "decisions": list(
            published.select_related("minutes__session").order_by("-minutes__session__starts_at", "order")[:SHOWN]
        ),
        "actions": list(
            Note.objects.open_actions().filter(session__group=group).select_related("doer", "session")[:SHOWN]
        ),
        "cards": list(cards.order_by("-first_published_at")[:SHOWN]),
    }
