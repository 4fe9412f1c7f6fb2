"""What the page of a card asks those who keep it."""

from typing import Any

from django import template

from ..services import verification

register = template.Library()


@register.simple_tag(takes_context=True)
def asks_whether_true(context: template.Context, page: Any) -> bool:
    """Whether the page asks this reader « toujours vrai ? »."""
    return verification.asks_whether_true(page, context["user"])
