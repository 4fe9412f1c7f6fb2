"""The kinds of pages that one shares: an app registers each of its own, in a `sharing.py`.

    register(ShareKind("fiche", PracticePage, public=…, is_public=…, describe=…))

`public()` is what a visitor reads: the sitemap lists it, pictures are made of it. `is_public(thing, reader)` answers the
same of one thing at hand, with as few questions to the database as it can.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What a link to a page shows of it: only what any visitor reads there.

    `label` says what it is (« Fiche pratique »); `facts` are short lines worth sending with it; `crumbs` the pages above
    it, as (name, path); `structured` the objects of schema.org that describe it, without `@context`.
    """

    title: str
    summary: str
    path: str
    label: str
    facts: tuple[str, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    structured: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class ShareKind:
    """A kind of page: `name` stands in the addresses of its pictures; `changed` is a field or attribute with a date.

    Where members read what visitors do not, `members_send` lets them send a link to it all the same: its title and its
    address, which asks to sign in. Never for what was confided.
    """

    name: str
    model: type[Model]
    public: Callable[[], "QuerySet[Any]"]
    describe: Callable[[Any], Shared]
    is_public: Callable[[Any, Any], bool]
    path: Callable[[Any], str] = lambda thing: str(thing.get_absolute_url())
    changed: str = ""
    members_send: bool = False

    def changed_at(self, thing: Any) -> datetime.datetime | None:
        return getattr(thing, self.changed) if self.changed else None


_kinds: dict[str, ShareKind] = {}


def register(kind: ShareKind) -> None:
    """Add a kind; the same name again replaces it."""
    _kinds[kind.name] = kind


def kinds() -> Iterable[ShareKind]:
    return _kinds.values()


def kind_named(name: str) -> ShareKind | None:
    return _kinds.get(name)


def kind_of(thing: Any) -> ShareKind | None:
    """Return the kind of this thing; None for what is never shared."""
    return next((kind for kind in _kinds.values() if type(thing) is kind.model), None)
