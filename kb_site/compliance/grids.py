"""The criteria of public references, and our answer to each: rgaa.toml (accessibility) and rgesn.toml (frugality)."""

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).parent
PARTLY_FROM = 50  # per cent of the criteria that apply: « conformité partielle » (decree 2019-768, article 4)


class State(Enum):
    """Our answer to a criterion. What was not tested is counted with what does not conform: nothing is claimed unseen."""

    CONFORM = "C"
    NOT_CONFORM = "NC"
    NOT_TESTED = "NT"
    NOT_APPLICABLE = "NA"

    @property
    def label(self) -> str | Promise:
        return LABELS[self]


LABELS: dict[State, str | Promise] = {
    State.CONFORM: _("respecté"),
    State.NOT_CONFORM: _("non respecté"),
    State.NOT_TESTED: _("non testé"),
    State.NOT_APPLICABLE: _("non applicable"),
}


@dataclass(frozen=True)
class Criterion:
    """One question of a reference. `priority` is empty where the reference gives none."""

    number: str
    title: str
    state: State
    reason: str
    priority: str = ""


@dataclass(frozen=True)
class Counted:
    """Anything that holds criteria, with how many are in each state."""

    criteria: tuple[Criterion, ...]

    def in_state(self, *states: State) -> list[Criterion]:
        return [one for one in self.criteria if one.state in states]

    @property
    def met(self) -> int:
        return len(self.in_state(State.CONFORM))

    @property
    def applicable(self) -> int:
        return len(self.criteria) - len(self.in_state(State.NOT_APPLICABLE))

    @property
    def left(self) -> list[Criterion]:
        """What does not conform, or was not tested."""
        return self.in_state(State.NOT_CONFORM, State.NOT_TESTED)


@dataclass(frozen=True)
class Theme(Counted):
    number: int
    title: str


@dataclass(frozen=True)
class Grid(Counted):
    """A whole reference, with the day when it was last answered, and by whom. `pages`: what was looked at."""

    themes: tuple[Theme, ...]
    looked_on: datetime.date
    by: str
    pages: tuple[str, ...]

    @property
    def rate(self) -> int:
        """Per cent of the criteria that apply, rounded down."""
        return self.met * 100 // self.applicable

    @property
    def state(self) -> str | Promise:
        """The state of conformity, in the words of the decree."""
        if self.met == self.applicable:
            return _("totalement conforme")
        return _("partiellement conforme") if self.rate >= PARTLY_FROM else _("non conforme")


@cache
def grid_of(name: str) -> Grid:
    """Return a reference as answered: `rgaa` or `rgesn`."""
    stored = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
    themes = tuple(_themes(stored["theme"]))
    criteria = tuple(one for theme in themes for one in theme.criteria)
    return Grid(criteria, themes, stored["looked_on"], stored["by"], tuple(stored.get("pages", ())))


def _themes(rows: list[dict[str, Any]]) -> Iterator[Theme]:
    for row in rows:
        criteria = tuple(Criterion(**one | {"state": State(one["state"])}) for one in row["criterion"])
        yield Theme(criteria, row["number"], row["title"])


@dataclass(frozen=True)
class Year:
    """A year of the plan of accessibility, and what is to be done in it."""

    year: int
    actions: tuple[str, ...]


@cache
def plan() -> tuple[Year, ...]:
    """Return the plan of several years (plan.toml), three at most as article 3 of the decree says."""
    rows = tomllib.loads((HERE / "plan.toml").read_text("utf-8"))["year"]
    return tuple(Year(row["year"], tuple(row["actions"])) for row in rows)
