"""Who enters a group follows it, once: whoever then stops is not made to follow it again."""

from kb_site.accounts.models import User
from kb_site.notifications.services import MayNotFollow, follow

from .models import ExchangeGroup


def follow_on_entry(*, group: ExchangeGroup, user: User) -> None:
    """Follow the group, when its talk is open to this person (a charter may have to be accepted first)."""
    try:
        follow(user=user, obj=group)
    except MayNotFollow:
        return
