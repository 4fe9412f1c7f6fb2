"""What pages of sessions, groups and cards show of minutes, as far as the reader may see it."""

from typing import Any

from django import template

from ...models import ExchangeGroup
from ...sessions.models import Session
from ..models import Minutes
from ..outcomes import outcomes_of
from ..services.writing import was_held

register = template.Library()


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
    return outcomes_of(group, context["user"])
