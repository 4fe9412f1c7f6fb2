"""What the weekly letter tells beside one's own notifications: the apps above contribute sections.

Each section is short on purpose: a title, an address and a few words a line, no image; the letter stays under 60 KB.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

WEEK = datetime.timedelta(days=7)
LINES_PER_SECTION = 8


@dataclass(frozen=True)
class DigestLine:
    """One line: a title, the path it leads to, a few words."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """A titled list of lines."""

    title: str
    lines: list[DigestLine]


SectionReader = Callable[[Any, datetime.datetime, datetime.datetime], list[DigestLine]]
_readers: dict[str, tuple[Any, SectionReader]] = {}


def register_section(name: str, *, title: Any, read: SectionReader) -> None:
    """Add a section to the letter: `read(user, since, until)` returns what this person may read of that time."""
    _readers[name] = (title, read)


def sections_for(user: Any, *, until: datetime.datetime | None = None) -> list[Section]:
    """Return the sections that have something to tell this person of the week before `until` (now by default)."""
    until = until or timezone.now()
    read = [(title, reader(user, until - WEEK, until)) for title, reader in _readers.values()]
    return [Section(str(title), lines[:LINES_PER_SECTION]) for title, lines in read if lines]
