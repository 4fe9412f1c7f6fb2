"""Notifications as people read them, on the site and in mails: rights are checked again here, each time."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kb_site.accounts.models import User

from .models import Notification
from .types import NotificationType, Source, find_event, followable_of


@dataclass(frozen=True)
class Line:
    """One notification, ready to be shown. `url` is a path of the site."""

    id: int
    kind: NotificationType
    sentence: str
    text: str
    url: str
    at: datetime.datetime
    unread: bool
    follow: int | None
    object_id: int
    reply_about: int
    target: Any

    @property
    def place(self) -> str:
        """The group or the network where it happened."""
        return str(followable_of(self.kind.target).place(self.target))


def lines_of(notifications: Iterable[Notification], user: User) -> list[Line]:
    """Return what this person may read now of these notifications, in their order: a constant number of queries by kind.

    Left out: a thing they may no longer read, words that were withdrawn, a kind of event that no longer exists.
    """
    rows = [(row, kind) for row in notifications if (kind := find_event(row.kind))]
    targets = _targets(rows, user)
    sources = _sources(rows)
    lines = []
    for row, kind in rows:
        target = targets.get((_rule(kind), row.object_id))
        if target is None:
            continue
        source = Source()
        if kind.sources is not None and row.source_id is not None:
            if row.source_id not in sources[kind.name]:
                continue
            source = sources[kind.name][row.source_id]
        lines.append(_line(row, kind, target, source))
    return lines


def _targets(rows: list[tuple[Notification, NotificationType]], user: User) -> dict[tuple[Any, int], Any]:
    wanted = defaultdict(set)
    readable = {_rule(kind): kind.targets_for for _row, kind in rows}
    for row, kind in rows:
        wanted[_rule(kind)].add(row.object_id)
    return {
        (rule, thing.pk): thing for rule, ids in wanted.items() for thing in readable[rule](user).filter(pk__in=ids)
    }


def _rule(kind: NotificationType) -> Any:
    """Return what kinds have in common whose targets are read in one query."""
    return kind.target, kind.visible_to


def _sources(rows: list[tuple[Notification, NotificationType]]) -> dict[str, Any]:
    wanted = defaultdict(set)
    for row, kind in rows:
        if kind.sources is not None and row.source_id is not None:
            wanted[kind.name].add(row.source_id)
    # Kinds that read the same things in the same way share the query.
    readers: dict[Any, set[int]] = defaultdict(set)
    for name, ids in wanted.items():
        readers[_reader(name)] |= ids
    read = {reader: reader(ids) for reader, ids in readers.items()}
    return {name: read[_reader(name)] for name in wanted}


def _reader(name: str) -> Any:
    kind = find_event(name)
    return kind.sources if kind else None


def _line(row: Notification, kind: NotificationType, target: Any, source: Source) -> Line:
    followable = followable_of(kind.target)
    actor = row.actor.public_name if row.actor else _("Un membre")
    return Line(
        id=row.pk,
        kind=kind,
        sentence=kind.sentence % {"actor": actor, "title": followable.title(target)},
        text=source.text,
        url=source.url or followable.url(target),
        at=row.created_at,
        unread=row.read_at is None,
        follow=row.follow_id,
        object_id=row.object_id,
        reply_about=row.source_id or row.object_id,
        target=target,
    )
