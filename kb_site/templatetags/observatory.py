"""Says the counts of the observatory in words."""

from django import template

from ..observatory.report import by_fives as in_words

register = template.Library()


@register.filter
def by_fives(count: int) -> str:
    """Show a count that was rounded down: « au moins 20 »."""
    return in_words(count)
