"""Experiences of a card counted in structures: each structure counts once, by what it told last."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from kb_site.kept.dependencies import rows_of

from ..models import PracticePage
from .models import SUCCESSES, Experience, ExperienceQuerySet

# Each tells of which card its rows change (migration 0002).
TABLES = ("experiences_experience", "experiences_experience_missing_conditions")


class Told(NamedTuple):
    """One experience, reduced to what is counted. `structure` is None when the author works in none."""

    structure: int | None
    author: int | None
    outcome: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """Counts of structures by outcome, and the first cause of what did not go as hoped (the label of a condition)."""

    structures: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    first_cause: str = ""
    told: int = 0

    @property
    def successes(self) -> int:
        return sum(self.outcomes.get(outcome, 0) for outcome in SUCCESSES)

    @property
    def failures(self) -> int:
        return self.structures - self.successes


def summarize(told: Iterable[Told]) -> Summary:
    """Count experiences given from the oldest to the most recent.

    A structure counts once, by its last word; an author without structure stands for one. The first cause is the
    condition that most structures missed, whenever they did and however it ended.
    """
    last: dict[tuple[str, int | None], str] = {}
    lacking: dict[str, set[tuple[str, int | None]]] = {}
    number = 0
    for number, one in enumerate(told, start=1):
        who = ("structure", one.structure) if one.structure else ("author", one.author or -number)
        last.pop(who, None)
        last[who] = one.outcome
        for lack in one.lacks:
            lacking.setdefault(lack, set()).add(who)
    first_cause = min(lacking, key=lambda lack: (-len(lacking[lack]), lack)) if lacking else ""
    return Summary(len(last), dict(Counter(last.values())), first_cause, number)


def _told(experiences: ExperienceQuerySet) -> Iterable[tuple[int, Told]]:
    rows = (
        experiences.order_by("tried_on", "pk")
        .annotate(lacks=ArrayAgg("missing_conditions__label", filter=Q(missing_conditions__isnull=False)))
        .values_list("practice_id", "structure_id", "author_id", "outcome", "lacks")
    )
    for card_id, structure, author, outcome, lacks in rows:
        yield card_id, Told(structure, author, outcome, tuple(lacks or ()))


def summary_of(card: PracticePage, user: Any) -> Summary:
    """Return what this reader may count on this card, in one query."""
    with rows_of(TABLES, str(card.pk)):
        return summarize(told for _card, told in _told(Experience.objects.of_card(card, user)))


def summaries(cards: Iterable[int]) -> dict[int, Summary]:
    """Return the counts of several cards as their editors see them (removed experiences left out), in one query."""
    by_card: dict[int, list[Told]] = {}
    for card_id, told in _told(Experience.objects.filter(removed=False, practice__in=list(cards))):
        by_card.setdefault(card_id, []).append(told)
    return {card_id: summarize(told) for card_id, told in by_card.items()}
