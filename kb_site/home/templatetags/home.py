"""What waits for a member on the first page."""

from typing import Any

from django import template

from kb_site.home_blocks import Line, Part, parts_for

register = template.Library()


@register.simple_tag(takes_context=True)
def home_parts(context: template.Context) -> list[tuple[Part, list[Line]]]:
    """Return the parts of the page that hold something for this person (one query)."""
    user: Any = context["user"]
    return list(parts_for(user))
