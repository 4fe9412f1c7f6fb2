"""What the page of a session shows of its live pages."""

from typing import Any

from django import template

from ..permissions import FOLLOWED, place_of

register = template.Library()


@register.simple_tag(takes_context=True)
def live_entry(context: template.Context) -> dict[str, bool] | None:
    """Whether the reader runs and follows this session, while it is open, held, or to be written up."""
    session: Any = context["session"]
    if session.state not in FOLLOWED:
        return None
    rights = context["rights"]
    if rights.runs or rights.reads:
        return {"runs": rights.runs}
    return {"runs": False} if rights.is_registered and place_of(session, context["user"]) else None
