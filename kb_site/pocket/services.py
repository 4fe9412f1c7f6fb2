"""Put aside, let go, and what is in the pocket now."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kb_site.accounts.models import User

from .kinds import PocketKind, content_type_of, pocket_kind_of, pocket_kinds
from .models import PocketItem


class MayNotKeep(Exception):
    """The person may not read the thing."""


def _key_of(thing: Model) -> dict[str, Any]:
    return {"content_type": content_type_of(pocket_kind_of(type(thing))), "object_id": thing.pk}


def put_aside(*, user: User, thing: Model) -> PocketItem:
    """Put a thing in the pocket; twice is harmless. Raises MayNotKeep.

    An account that waits for its approval may too: what it may not read is refused by the thing.
    """
    kind = pocket_kind_of(type(thing))
    if not kind.visible_to(user).filter(pk=thing.pk).exists():
        raise MayNotKeep
    item, _created = PocketItem.objects.get_or_create(user=user, **_key_of(thing))
    return item


def let_go(*, user: User, thing: Model) -> None:
    """Take a thing out of the pocket. Twice is harmless."""
    PocketItem.objects.filter(user=user, **_key_of(thing)).delete()


def put_aside_by(user: Any) -> QuerySet[Any, Any]:
    """Return what a person put aside as « content type:id », for a query that reads people."""
    key = Concat(Cast("content_type_id", CharField()), Value(":"), Cast("object_id", CharField()))
    return PocketItem.objects.filter(user=user).order_by().annotate(thing=key).values_list("thing")


def is_put_aside(*, user: Any, thing: Model) -> bool:
    """Whether this person has it in the pocket: read with the account of a session, at no other cost."""
    if not user.is_authenticated:
        return False
    key = _key_of(thing)
    if hasattr(user, "put_aside"):
        return f"{key['content_type'].pk}:{thing.pk}" in user.put_aside
    return PocketItem.objects.filter(user=user, **key).exists()


@dataclass(frozen=True)
class PocketLine:
    """A thing of the pocket, ready to be shown; without a title when the person may no longer read it.

    `stays`: no copy of it may be on a device.
    """

    item: PocketItem
    kind: PocketKind
    title: str = ""
    url: str = ""
    changed_at: datetime.datetime | None = None
    stays: bool = True


def pocket_of(user: User) -> list[PocketLine]:
    """Return what is in a person's pocket, the latest put aside first: rights are asked again, one query a kind."""
    items = list(PocketItem.objects.filter(user=user))
    by_type = defaultdict(list)
    for item in items:
        by_type[item.content_type_id].append(item)
    lines = []
    for kind in pocket_kinds():
        own = by_type.get(content_type_of(kind).pk, [])
        things = kind.visible_to(user).in_bulk([item.object_id for item in own]) if own else {}
        lines += [_line(item, kind, things.get(item.object_id)) for item in own]
    order = {item.pk: place for place, item in enumerate(items)}
    return sorted(lines, key=lambda line: order[line.item.pk])


def _line(item: PocketItem, kind: PocketKind, thing: Any) -> PocketLine:
    if thing is None:
        return PocketLine(item, kind)
    return PocketLine(
        item, kind, kind.title(thing), kind.url(thing), kind.changed_at(thing), stays=not kind.may_leave(thing)
    )
