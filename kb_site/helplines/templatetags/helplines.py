"""The box of numbers beside a text."""

from typing import Any

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from ..services import helplines_for

register = template.Library()


@register.inclusion_tag("helplines/box.html")
def helplines(*texts: Any) -> dict[str, Any]:
    """Show the numbers that texts call for, typed or already made into HTML; nothing when they tell of no danger."""
    typed = [strip_tags(text) if isinstance(text, SafeString) else str(text or "") for text in texts]
    return {"helps": helplines_for("\n".join(typed))}
