"""The guides of /aide/, read once from their texts: a title, a sentence, then sections that links lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString
from django.utils.text import slugify

from practices.marks import without_marks
from practices.plain_text import plain_text_to_html
from practices.text_normalization import folded

TEXTS = Path(__file__).parent / "texts"
ROLES = ("membre", "edition", "animation", "coordination", "administration")  # in the order of /aide/
HEADING = "## "


@dataclass(frozen=True)
class Section:
    """A paragraph or more under a title; `anchor` ends the address that leads to it."""

    title: str
    text: str

    @property
    def anchor(self) -> str:
        return slugify(self.title)

    @property
    def html(self) -> SafeString:
        return plain_text_to_html(self.text, marked=True)


@dataclass(frozen=True)
class Guide:
    """What one role needs to know, short enough for a training hour."""

    role: str
    title: str
    summary: str
    sections: tuple[Section, ...]


class NoSuchHelp(LookupError):
    """A link to a guide or a section that is not there: a fault of the template."""


@cache
def guide_of(role: str) -> Guide:
    """Return the guide of a role. Raises NoSuchHelp."""
    if role not in ROLES:
        raise NoSuchHelp(role)
    head, *parts = re.split(rf"^{HEADING}", (TEXTS / f"{role}.txt").read_text("utf-8"), flags=re.MULTILINE)
    title, summary = head.strip().split("\n")
    sections = []
    for part in parts:
        name, _break, text = part.partition("\n")
        sections.append(Section(name.strip(), text.strip()))
    return Guide(role, title, summary, tuple(sections))


def guides() -> list[Guide]:
    """Return every guide, in the order of /aide/."""
    return [guide_of(role) for role in ROLES]


def section_of(role: str, anchor: str) -> Section:
    """Return a section of a guide. Raises NoSuchHelp."""
    found = next((section for section in guide_of(role).sections if section.anchor == anchor), None)
    if found is None:
        raise NoSuchHelp(f"{role}#{anchor}")
    return found


def found_in_guides(words: str) -> Iterator[tuple[Guide, Section]]:
    """Yield the sections that hold all these words, those that name them in their title first; nothing for no word."""
    wanted = re.findall(r"\w+", folded(words))
    pairs = [(guide, section) for guide in guides() for section in guide.sections]
    holding = [pair for pair in pairs if wanted and all(word in _read(pair[1]) for word in wanted)]
    yield from sorted(holding, key=lambda pair: not any(word in folded(pair[1].title) for word in wanted))


def _read(section: Section) -> str:
    return folded(f"{section.title} {without_marks(section.text)}")
