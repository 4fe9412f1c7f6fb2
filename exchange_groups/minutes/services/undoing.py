"""Taking back a gesture on lines: moved, cut, joined, of another kind, taken away."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from exchange_groups.sessions.models import Note
from kb_site.accounts.models import User

from ..choices import LineKind
from ..models import Minutes, MinutesLine
from ..sections import sections_of
from . import writing
from .errors import ChangedSince

# Of each line: its order, its kind, whether it stands, its words and their digest.
Lines = dict[str, dict[str, Any]]


def snapshot(minutes: Minutes) -> Lines:
    """Return the lines as they are, by key."""
    rows = MinutesLine.objects.filter(minutes=minutes).values("pk", "order", "text", "kind", "removed_at")
    return {
        str(row["pk"]): {
            "order": row["order"],
            "text": row["text"],
            "digest": hashlib.sha256(row["text"].encode()).hexdigest()[:16],
            "kind": row["kind"],
            "stands": row["removed_at"] is None,
        }
        for row in rows
    }


def difference(before: Lines, after: Lines) -> dict[str, Any]:
    """Return what a gesture changed: key → how it was (None: not there yet) and how it is, the one most changed first.

    This is kept in the session of a person: of words, only those that the gesture changed are there.
    """
    changed = {key: _change(before.get(key), now) for key, now in after.items() if before.get(key) != now}
    return dict(sorted(changed.items(), key=lambda one: _only_moved(one[1]["before"], one[1]["after"])))


def _change(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, Any]:
    kept = None if before is None else {**before, "text": before["text"] if before["digest"] != after["digest"] else ""}
    return {"before": kept, "after": {**after, "text": ""}}


def _only_moved(before: dict[str, Any] | None, after: dict[str, Any]) -> bool:
    """Whether a line is the same elsewhere, or just the same."""
    return before is not None and all(before[name] == after[name] for name in ("digest", "kind", "stands"))


@transaction.atomic
def undo(*, minutes: Minutes, by: User, changed: Mapping[str, Any]) -> None:
    """Put the lines back as they were before a gesture. Raises NotEditable, or ChangedSince when somebody did meanwhile."""
    current = writing.locked(minutes)
    now = snapshot(current)
    for key, change in changed.items():
        if not _only_moved(now.get(key), change["after"]):
            raise ChangedSince
    lines = {str(line.pk): line for line in current.lines.select_related("note")}
    for key, change in changed.items():
        before, after, line = change["before"], change["after"], lines[key]
        if before is None:
            writing.remove_line(minutes=current, line_id=line.pk)
            continue
        if before["stands"] != after["stands"]:
            writing.remove_line(minutes=current, line_id=line.pk, removed=not before["stands"])
        if before["kind"] != after["kind"]:
            writing.change_kind(minutes=current, by=by, line_id=line.pk, kind=LineKind(before["kind"]))
        if before["digest"] != after["digest"]:
            line.refresh_from_db()
            writing.set_words(line, before["text"], by=by)
        MinutesLine.objects.filter(pk=line.pk).update(order=before["order"])
    _notes_follow(current, changed)


def _notes_follow(minutes: Minutes, changed: Mapping[str, Any]) -> None:
    """The note of a line stands under the point of its line."""
    for section in sections_of(minutes.lines.standing().select_related("item")):
        item = section.heading.item if section.heading else None
        notes = [line.note_id for line in section.lines if line.note_id and str(line.pk) in changed]
        Note.objects.filter(pk__in=notes).exclude(item=item).update(item=item)
