"""What the editor of cards shows of the editorial work."""

from typing import Any

from django import template

from practices.models import PracticePage

from ..advice.card import Advice, advice_for

register = template.Library()


@register.simple_tag
def advice_on(card: PracticePage, user: Any) -> Advice:
    """Return what to tell this editor before the card is published."""
    return advice_for(card, user)
