"""Twelve months of figures: by card, by network, as a small drawing."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from ..models.freshness import add_months
from .metrics import Figures, Measure, measures

MONTHS = 12
WIDTH, HEIGHT, MARGIN = 120, 28, 2


def months_until(today: datetime.date) -> list[datetime.date]:
    """Return the first days of the last twelve months, this one included, oldest first."""
    first = today.replace(day=1)
    return [add_months(first, -back) for back in range(MONTHS - 1, -1, -1)]


@dataclass(frozen=True)
class Series:
    """The figures of one measure over twelve months."""

    measure: Measure
    figures: list[int]

    @property
    def total(self) -> int:
        return sum(self.figures)

    @property
    def points(self) -> str:
        """The points of an SVG polyline of 120 × 28."""
        top = max(self.figures) or 1
        step = (WIDTH - 2 * MARGIN) / (MONTHS - 1)
        return " ".join(
            f"{MARGIN + number * step:.0f},{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * figure / top:.0f}"
            for number, figure in enumerate(self.figures)
        )


class Year:
    """Every measure of these pages over twelve months, in one query a measure."""

    def __init__(self, pages: Collection[int], today: datetime.date) -> None:
        self.months = months_until(today)
        self._figures: dict[str, Figures] = (
            {m.name: m.count(pages, self.months[0]) for m in measures()} if pages else {}
        )

    @cached_property
    def measures(self) -> list[Measure]:
        return measures()

    def of(self, pages: Collection[int]) -> list[Series]:
        """Return the series of some of the pages, added up."""
        return [
            Series(
                measure,
                [
                    sum(self._figures.get(measure.name, {}).get((page, month), 0) for page in pages)
                    for month in self.months
                ],
            )
            for measure in self.measures
        ]
