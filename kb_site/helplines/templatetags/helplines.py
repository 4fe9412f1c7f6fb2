"""The box of numbers beside a text."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from ..services import helplines_for, rules_as_written

register = template.Library()


RULES = "_helplines_rules"  # of the request: a page of fifty comments reads them once


@register.inclusion_tag("helplines/box.html", takes_context=True)
def helplines(context: Mapping[str, Any], *texts: Any) -> dict[str, Any]:
    """Show the numbers that texts call for, typed or already made into HTML; nothing when they tell of no danger."""
    typed = [strip_tags(text) if isinstance(text, SafeString) else str(text or "") for text in texts]
    text = "\n".join(typed)
    return {"helps": helplines_for(text, _rules(context.get("request"))) if text.strip() else []}


def _rules(request: HttpRequest | None) -> str | None:
    if request is None:
        return None
    if not hasattr(request, RULES):
        setattr(request, RULES, rules_as_written())
    return str(getattr(request, RULES))
