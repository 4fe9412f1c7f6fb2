"""What a page of nothing shows of the cards that people already wait for."""

from collections.abc import Sequence

from django import template
from django.template.context import RequestContext

from kb_site.accounts.principals import MEMBERS, principals_of

from ..models import CardRequest
from ..services import requests_near

register = template.Library()


@register.simple_tag(takes_context=True)
def requests_like(context: RequestContext, text: str) -> Sequence[CardRequest]:
    """Return the requests whose need looks like these words, for those who may add their voice; else none."""
    user = context["request"].user  # type: ignore[index]
    return requests_near(text, user) if text and MEMBERS in principals_of(user) else []
