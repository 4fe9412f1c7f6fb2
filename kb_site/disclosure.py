"""Figures about people, told so that nobody is recognised. Knows nothing of what is counted.

Two tellings, one threshold. Among a closed crowd (a diagnostic), a count is told as a band: `told`, `Told`, `batch`. Of an open
crowd (the observatory, the report), `published` tells how many distinct people, of enough distinct structures, each cell of a
table holds at least. Who reads knows four people's answers, chooses filters and dates, exports, compares with before:

- a count is never told itself: a band is, the same for at least five consecutive counts, so neither one to four people nor
  the rest of the whole is read, nor worked out by subtraction;
- one quantity is told once. A count and its complement told apart have different bands, and both together say the count:
  whatever follows from a figure is reckoned from its band (`less`, `rest`), never from the count;
- nothing is told of fewer than ten people: whatever the count, it or the rest is under five;
- what is told moves by five people at least, and one more, drawn at random, always stays out (see batch): of any two people
  whom the reader does not know, either may be the one left out.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

THRESHOLD = 5
# Under twice the threshold, a count or the rest of the whole is always under it.
FEWEST_PEOPLE = 2 * THRESHOLD
LEFT_OUT = 1
# How many must answer before anything is told of them: one always stays out.
FEWEST_ANSWERS = FEWEST_PEOPLE + LEFT_OUT


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

    @property
    def rest(self) -> "Told":
        """What follows of those who are not counted."""
        return Told(self.total - self.high, self.total - self.low, self.total)

    def less(self, part: "Told") -> "Told":
        """What follows of those counted here and not in `part`, which is told of some of them."""
        return Told(max(0, self.low - part.high), self.high - part.low, self.total)


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

    The whole then grows by fives, as bands do. One person at least stays out, drawn at random among those who wait: who knows
    four of five newcomers does not know whether the fifth is counted.
    """
    taken = rounded_down(max(0, already + waiting - LEFT_OUT)) - already
    return taken if taken >= THRESHOLD else 0


def missing_for_batch(already: int, waiting: int) -> int:
    """Return how many more people must come before some are counted; 0 when some may be now."""
    return next(more for more in range(FEWEST_PEOPLE + LEFT_OUT) if batch(already, waiting + more))


def exactly(count: int, total: int) -> Told:
    """Tell a count as it is: for what describes no person."""
    return Told(count, count, total)


def rounded_down(count: int) -> int:
    """Return the count by fives, downwards: 0 to 4 gives 0, which tells nothing."""
    return count - count % THRESHOLD


@dataclass(frozen=True)
class Said:
    """Something that one person said or did: in which cell of a table it counts, who, from which structure, when.

    `person` and `structure` are any keys that tell one from another; None for a structure that is not known.
    """

    cell: Hashable
    person: Hashable
    structure: Hashable | None
    at: datetime.datetime


def published(said: Iterable[Said]) -> dict[Any, int]:
    """Return how many distinct people at least each cell holds, by fives; a cell that may not be told is left out.

    Ten things of one person count once, and so does a whole structure when structures are what is counted (`of_structures`).
    A cell is told when five people of five structures are in it and five of the table, at least, may not be. The table
    speaks of the whole batches of its people, in the order in which each first came: what comes after the last whole batch
    waits for the next one, so that two readings of a table differ by five newcomers, or by nothing.
    """
    rows = _whole_batches(said)
    people: defaultdict[Any, set[Hashable]] = defaultdict(set)
    structures: defaultdict[Any, set[Hashable]] = defaultdict(set)
    for row in rows:
        people[row.cell].add(row.person)
        if row.structure is not None:
            structures[row.cell].add(row.structure)
    whole = len({row.person for row in rows})
    counts = {cell: told(len(found), whole).low for cell, found in people.items() if is_crowd(structures[cell])}
    return {cell: count for cell, count in counts.items() if count}


def people_told(said: Iterable[Said]) -> int:
    """Return how many distinct people are in the table as a whole, by fives; 0 for fewer than five people or structures."""
    rows = _whole_batches(said)
    enough = is_crowd(row.structure for row in rows if row.structure is not None)
    return len({row.person for row in rows}) if enough else 0


def _whole_batches(said: Iterable[Said]) -> list[Said]:
    """Return the rows that came before the first person who is out of the last whole batch.

    Those who come at the same moment, as to a session, come in an order drawn at random, always the same one: whoever stays
    out is any of them, and stays out at each reading.
    """
    rows = sorted(((row.at, _drawn(row.person), row) for row in said), key=lambda one: one[:2])
    order: dict[Hashable, tuple[datetime.datetime, str]] = {}
    for at, drawn, row in rows:
        order.setdefault(row.person, (at, drawn))
    kept = batch(0, len(order))
    if not kept:
        return []
    limit = list(order.values())[kept]
    counted = set(list(order)[:kept])
    return [row for at, drawn, row in rows if (at, drawn) < limit and row.person in counted]


def _drawn(person: Hashable) -> str:
    """Return the place of somebody in a draw that nobody without the key of the site can make again."""
    return salted_hmac("disclosure", repr(person), algorithm="sha256").hexdigest()


def is_crowd(structures: Iterable[Hashable]) -> bool:
    """Whether these are enough distinct structures for none of them to be recognised."""
    return len(set(structures)) >= THRESHOLD


def of_structures(said: Iterable[Said]) -> list[Said]:
    """Return the same with each structure counted as one person: for figures of structures. Those unknown are left out."""
    return [Said(one.cell, one.structure, one.structure, one.at) for one in said if one.structure is not None]


def within(part: Mapping[Any, int], whole: Mapping[Any, int]) -> dict[Any, int]:
    """Return the cells of one part of a cut, told as a part of the same cells of the whole.

    The rest of the whole, which the reader works out, then holds five people at least, or may.
    """
    shown = {cell: told(count, whole[cell]).low for cell, count in part.items() if cell in whole}
    return {cell: count for cell, count in shown.items() if count}


def parts_told(parts: Mapping[Any, Mapping[Hashable, int]]) -> dict[Any, int]:
    """Return the sums of the parts of a whole that may be told; the whole, told beside them, is the sum of all.

    `parts`: part → structure → how many people of it. A part of fewer than five structures is hidden, and so are the smallest
    others as long as those hidden together, which the reader works out by subtraction, are fewer than five structures.
    """
    shown = {part: sum(of.values()) for part, of in parts.items() if is_crowd(of)}
    hidden = {part for part in parts if part not in shown}
    for part in sorted(shown, key=lambda part: (shown[part], str(part))):
        if not hidden or is_crowd(structure for one in hidden for structure in parts[one]):
            break
        hidden.add(part)
    return {part: count for part, count in shown.items() if part not in hidden}
