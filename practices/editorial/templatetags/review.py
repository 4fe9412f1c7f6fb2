"""What the editing screens show of a review."""

from django import template

from ...models import PracticePage
from ..review_comments import Words, words_about

register = template.Library()


@register.simple_tag
def review_words(card: PracticePage) -> list[Words]:
    """Return what reviewers wrote on a card, oldest first; nothing for one that is not stored yet."""
    return words_about(card) if card.pk else []
