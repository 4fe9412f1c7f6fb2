"""What pages of cards show of groups, as far as the reader may see it."""

from typing import Any

from django import template

from ..models import Topic
from ..views.cards import groups_for_questions

register = template.Library()


@register.simple_tag(takes_context=True)
def source_topic(context: template.Context, card: Any) -> Topic | None:
    """The topic that a card was drawn from, for signed-in readers who may read it."""
    user = context["user"]
    if not user.is_authenticated:  # the public page of a card asks nothing of the groups
        return None
    return Topic.objects.visible_to(user).select_related("group").filter(resulting_card=card.pk).first()


@register.simple_tag(takes_context=True)
def may_move_question(context: template.Context, comment: Any) -> bool:
    """Whether the reader may move this comment of a card into one of their groups."""
    user = context["user"]
    return comment is not None and comment.level == 0 and groups_for_questions(user, comment).exists()
