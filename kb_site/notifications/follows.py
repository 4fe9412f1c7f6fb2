"""What a person follows, ready to be shown."""

from dataclasses import dataclass
from typing import Any

from kb_site.accounts.models import User

from .models import Follow
from .types import Followable, content_type_of, followables


@dataclass(frozen=True)
class FollowedThing:
    """A follow and the thing followed; without `title` when the person may no longer read it."""

    follow: Follow
    followable: Followable
    title: str
    url: str


def follows_of(user: User) -> list[FollowedThing]:
    """Return what a person follows, kind by kind, the newest first: a constant number of queries by kind."""
    stored = list(Follow.objects.filter(user=user).order_by("-created_at"))
    found = []
    for followable in followables():
        content_type = content_type_of(followable)
        own = [follow for follow in stored if follow.content_type_id == content_type.pk]
        if not own:
            continue
        things: dict[int, Any] = followable.visible_to(user).in_bulk([follow.object_id for follow in own])
        for follow in own:
            thing = things.get(follow.object_id)
            title, url = (followable.title(thing), followable.url(thing)) if thing else ("", "")
            found.append(FollowedThing(follow, followable, title, url))
    return found
