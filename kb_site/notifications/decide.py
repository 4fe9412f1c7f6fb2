"""Who is told of an event, and how soon by mail. Pure: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Cadence


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Someone who may have to be told of an event, and what they chose."""

    person: int
    may_read: bool  # an approved account that may read the thing now
    is_actor: bool = False
    follow: int | None = None
    cadence_of_item: str = ""
    cadence_of_kind: str = ""


@dataclass(frozen=True)
class Decision:
    """Tell this person; `follow` is what brought them there, if they follow something."""

    person: int
    cadence: Cadence
    follow: int | None = None


def decide(candidates: Iterable[Candidate], *, default: Cadence) -> list[Decision]:
    """Return one decision per person to tell, in the order of the candidates; the first candidature of a person wins,
    so that a direct recipient who also follows the thing is told once."""
    decisions: dict[int, Decision] = {}
    for candidate in candidates:
        if candidate.is_actor:  # nobody is told of what they did themselves
            continue
        if not candidate.may_read:  # a right lost since they followed: not even the title
            continue
        if candidate.person in decisions:
            continue
        cadence = Cadence(candidate.cadence_of_item or candidate.cadence_of_kind or default)
        decisions[candidate.person] = Decision(candidate.person, cadence, candidate.follow)
    return list(decisions.values())
