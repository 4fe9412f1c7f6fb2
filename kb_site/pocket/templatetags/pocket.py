"""The button that puts the thing of a page aside."""

from typing import Any

from django import template

from kb_site.accounts.sessions import is_on_shared_device

from .. import services
from ..kinds import pocket_kind_of

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_device(context: template.Context) -> bool:
    """Whether the person said at sign-in that others use this device: nothing of theirs is to be kept on it."""
    user = context.get("user")
    return bool(user and user.is_authenticated and is_on_shared_device(context["request"]))


@register.inclusion_tag("pocket/keep_button.html", takes_context=True)
def keep_button(context: template.Context, thing: Any) -> dict[str, Any]:
    """« Garder », or « Gardé » to let go, for accounts; a way to sign in first, for visitors."""
    user, kind = context["user"], pocket_kind_of(type(thing))
    return {
        "kind": kind.name,
        "pk": thing.pk,
        "title": kind.title(thing),
        "visitor": not user.is_authenticated,
        "leaves": user.is_authenticated and kind.may_leave(thing),
        "kept": services.is_put_aside(user=user, thing=thing),
        "csrf_token": context.get("csrf_token"),
    }
