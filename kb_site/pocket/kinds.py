"""What can be put aside: the apps above declare it, each in its module pocket_kinds, so that this room need not know them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet


@dataclass(frozen=True, kw_only=True)
class PocketKind:
    """A kind of thing that people put aside.

    `visible_to(user)` is the thing's own rule, asked again at each reading. `may_leave(thing)`: whether a copy may stay on
    the device of who reads it; what was confided to a group stays on the site unless the group decided otherwise
    (docs/decisions/0028-offline.md).
    """

    name: str  # in addresses: "fiche", "sujet"
    model: type[Model]
    label: Any  # « Fiche pratique »
    visible_to: Callable[[Any], QuerySet[Any]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    changed_at: Callable[[Any], datetime.datetime | None]
    may_leave: Callable[[Any], bool]


_kinds: dict[str, PocketKind] = {}


def register_pocket_kind(kind: PocketKind) -> None:
    """Let people put a kind of thing aside. Raises ValueError when another one has its name."""
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"{kind.name} is registered twice")
    _kinds[kind.name] = kind


def pocket_kinds() -> list[PocketKind]:
    """Return every kind, in the order of registration."""
    return list(_kinds.values())


def pocket_kind_named(name: str) -> PocketKind | None:
    """Return the kind with this name, or None."""
    return _kinds.get(name)


def pocket_kind_of(model: type[Model]) -> PocketKind:
    """Return the kind of a model. Raises LookupError."""
    for kind in _kinds.values():
        if issubclass(model, kind.model):
            return kind
    raise LookupError(f"{model.__name__} cannot be put aside")


def content_type_of(kind: PocketKind) -> ContentType:
    """Return the content type under which things of this kind are put aside."""
    return ContentType.objects.get_for_model(kind.model)
