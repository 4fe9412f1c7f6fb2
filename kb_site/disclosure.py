"""Figures about people, told so that nobody is recognised. Knows nothing of what is counted.

A count is never told itself: what is told is a band, the same for at least five consecutive counts. So neither a cell of
one to four people nor the rest of the whole can be read, nor worked out by subtracting what is told from the total, from
a figure that contains it, or from the figure told after more people came (see batch). Nothing is told of fewer than ten
people: whatever the count, it or the rest is under five. Whoever computes from bands alone tells nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass

THRESHOLD = 5
# Under twice the threshold, a count or the rest of the whole is always under it.
FEWEST_PEOPLE = 2 * THRESHOLD


@dataclass(frozen=True)
class Told:
    """A count among `total` people, as far as it is told: from `low` to `high`, both possible."""

    low: int
    high: int
    total: int

    @property
    def is_untold(self) -> bool:
        """Nothing is told: the count may be anything."""
        return self.low == 0 and self.high == self.total

    @property
    def is_few(self) -> bool:
        """Nobody, as far as can be told."""
        return self.low == 0 and self.high < self.total

    @property
    def is_most(self) -> bool:
        """Everybody, as far as can be told."""
        return self.low > 0 and self.high == self.total

    @property
    def is_some(self) -> bool:
        """Not nobody; everybody perhaps."""
        return self.low > 0


Teller = Callable[[int, int], Told]


def told(count: int, total: int) -> Told:
    """Tell a count of people among `total` by fives: « moins de 5 », « de 5 à 9 », « au moins 10 ».

    The highest band goes to the whole and holds five counts at least, so that « everybody » is never told.
    """
    if total < FEWEST_PEOPLE:
        return Told(0, total, total)
    highest = rounded_down(total - THRESHOLD + 1)
    low = min(rounded_down(count), highest)
    return Told(low, total if low == highest else low + THRESHOLD - 1, total)


def batch(already: int, waiting: int) -> int:
    """Return how many of the people who wait to be counted may be, beside those who `already` are; 0 for none.

    The whole then grows by fives, as bands do, so that what is told before and after never tells of fewer of those who
    came between.
    """
    taken = rounded_down(already + waiting) - already
    return taken if taken >= THRESHOLD else 0


def missing_for_batch(already: int, waiting: int) -> int:
    """Return how many more people must come before some are counted; 0 when some may be now."""
    return next(more for more in range(FEWEST_PEOPLE) if batch(already, waiting + more))


def exactly(count: int, total: int) -> Told:
    """Tell a count as it is: for what describes no person."""
    return Told(count, count, total)


def rounded_down(count: int) -> int:
    """Return the count by fives, downwards: 0 to 4 gives 0, which is shown as « moins de 5 »."""
    return count - count % THRESHOLD
