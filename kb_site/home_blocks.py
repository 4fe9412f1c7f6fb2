"""What the home page tells a member, given by the applications that own it: what to do, what is new, what comes next.

An application writes, in its `home_blocks.py`, the rows of a person and the line that shows one, and registers them:

    register(HomeBlock("actions", Part.MINE, rows=_actions, line=_action_line))

`rows(user)` returns a queryset of `row` (a JSONObject), already filtered by the rights of that person; it is never run by
itself: the rows of all blocks are read in one query, whatever their number. `line(row)` asks the database nothing.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHOWN = 3


class Part(Enum):
    """The parts of the page, in their order: who has a role reads first what waits for it."""

    ROLE = _("À faire")
    REPLIES = _("Depuis votre dernière visite")
    SESSION = _("Votre prochaine séance")
    MINE = _("Ce que vous avez en cours")
    HELP = _("Vous avez peut-être la réponse")
    GROUPS = _("Dans vos groupes")
    PEOPLE = _("Pour votre public")


@dataclass(frozen=True)
class Button:
    """An action in place: a form of one button, posted to an address."""

    label: str | Promise
    address: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Line:
    """One thing: its title that leads to it, a few facts, links to use at once, and the button that settles it."""

    title: str
    url: str
    facts: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    button: Button | None = None


@dataclass(frozen=True, kw_only=True)
class HomeBlock:
    """Some lines of a part of the page; a lower `order` comes first in it."""

    name: str
    part: Part
    rows: Callable[[Any], QuerySet[Any, Any] | None]
    line: Callable[[dict[str, Any]], Line]
    order: int = 0


_blocks: dict[str, HomeBlock] = {}


def register(block: HomeBlock) -> None:
    """Add a block to the home page; the same name again replaces it."""
    _blocks[block.name] = block


def moment(text: str) -> datetime.datetime:
    """Return a moment as it was written in a row, in local time."""
    return timezone.localtime(datetime.datetime.fromisoformat(text))


def parts_for(user: Any) -> Iterator[tuple[Part, list[Line]]]:
    """Yield the parts of the page that hold something for this account, in order: one query, rights apart."""
    blocks = sorted(_blocks.values(), key=lambda block: (block.order, block.name))
    asked = {block.name: rows for block in blocks if (rows := block.rows(user)) is not None}
    if not asked:
        return
    columns = {name: ArraySubquery(rows) for name, rows in asked.items()}
    # A block whose rights leave nothing (no group, for instance) is not asked at all: None.
    found = get_user_model().objects.filter(pk=user.pk).values(**columns).get()
    for part in Part:
        lines = [block.line(row) for block in blocks if block.part is part for row in found.get(block.name) or ()]
        if lines:
            yield part, lines
