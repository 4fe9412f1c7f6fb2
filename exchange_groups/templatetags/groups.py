"""What pages of cards show of groups, as far as the reader may see it."""

from typing import Any

from django import template

from ..views.cards import groups_for_questions

register = template.Library()


@register.simple_tag(takes_context=True)
def may_move_question(context: template.Context, comment: Any) -> bool:
    """Whether the reader may move this comment of a card into one of their groups."""
    user = context["user"]
    return comment is not None and comment.level == 0 and groups_for_questions(user, comment).exists()
