"""What any page shows of notifications: the button to follow a thing, the number of unread ones."""

from typing import Any

from django import template

from .. import services
from ..types import content_type_of, followable_of

register = template.Library()


def _follows(user: Any, thing: Any) -> bool:
    if hasattr(user, "followed"):  # read with the account of a session (accounts/user_annotations.py)
        return f"{content_type_of(followable_of(type(thing))).pk}:{thing.pk}" in user.followed
    return services.follow_of(user=user, obj=thing) is not None


@register.inclusion_tag("notifications/follow_button.html", takes_context=True)
def follow_button(context: template.Context, thing: Any) -> dict[str, Any]:
    """A button to follow a thing or to stop, for approved accounts; a way to sign in first, for visitors."""
    user = context["user"]
    followable = followable_of(type(thing))
    return {
        "kind": followable.name,
        "pk": thing.pk,
        "title": followable.title(thing),
        "visitor": not user.is_authenticated,
        "may_follow": user.is_authenticated and user.is_approved,
        "follow": _follows(user, thing),
        "back": context["request"].get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def unread_notifications(context: template.Context) -> int:
    """How many notifications the person has not read: read with the account (accounts/user_annotations.py), at no other cost."""
    return getattr(context.get("user"), "unread", 0)
