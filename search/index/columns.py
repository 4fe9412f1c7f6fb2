"""Entries in columns: filtering and counting a hundred thousand of them takes less than a millisecond."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..facets import facet_of

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]  # one truth a position
Bits = NDArray[np.uint64]  # the same, packed; a set of entries: &, | and ~ combine them
UNRANKED = -1
_WORD = 64  # bits


@dataclass(frozen=True, eq=False)
class Shelf:
    """Some entries; a position is a place in each of the columns. `facets` holds the positions that bear each value."""

    entries: Numbers  # ids, ascending
    audiences: NDArray[np.int32]
    evidence: NDArray[np.int16]
    updated: Numbers  # microseconds since 1970
    titles: NDArray[np.int32]  # rank in alphabetical order, UNRANKED where only the database knows
    facets: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.entries)

    def those(self, mask: Mask) -> Bits:
        """Return the entries of a mask."""
        padding = np.zeros(-len(mask) % _WORD, np.bool_)
        return np.packbits(np.concatenate([mask, padding])).view(np.uint64)

    def positions(self, some: Bits) -> Numbers:
        """Return the positions of these entries."""
        return np.flatnonzero(np.unpackbits(some.view(np.uint8), count=len(self)))

    def positions_of(self, entries: Numbers) -> Numbers:
        """Return the positions of these ids, -1 for those that are not here."""
        if not len(self):
            return np.full(len(entries), -1)
        positions = np.searchsorted(self.entries, entries).clip(max=len(self) - 1)
        return np.where(self.entries[positions] == entries, positions, -1)

    def with_ids(self, entries: Iterable[int]) -> Bits:
        """Return the entries of these ids; those that are not here count for nothing."""
        positions = self.positions_of(np.fromiter(entries, np.int64))
        return self._at(positions[positions >= 0])

    def readable_by(self, audiences: Iterable[int]) -> Bits:
        """Return the entries of these audiences."""
        return self.those(np.isin(self.audiences, np.fromiter(audiences, np.int32)))

    def bearing(self, tokens: Iterable[str]) -> Bits:
        """Return the entries that bear one of these values."""
        rows = [self._rows[token] for token in tokens if token in self._rows]
        return np.bitwise_or.reduce(self._bits[rows], axis=0)

    def counts(self, some: Bits, *, facet: str = "") -> dict[str, int]:
        """Return how many of these entries bear each value (of one facet alone where it is named), noughts left out."""
        rows = self._rows_of.get(facet, slice(0)) if facet else slice(None)
        found = np.bitwise_count(self._bits[rows] & some).sum(axis=1)
        tokens = self._tokens[rows]
        return {tokens[row]: int(found[row]) for row in np.flatnonzero(found)}

    def _at(self, positions: Numbers) -> Bits:
        mask = np.zeros(len(self), np.bool_)
        mask[positions] = True
        return self.those(mask)

    @cached_property
    def _tokens(self) -> list[str]:
        return sorted(self.facets)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {token: row for row, token in enumerate(self._tokens)}

    @cached_property
    def _rows_of(self) -> dict[str, slice]:
        """The rows of each facet: its values stand together."""
        rows: dict[str, slice] = {}
        for token, row in self._rows.items():
            name = facet_of(token)
            rows[name] = slice(rows[name].start if name in rows else row, row + 1)
        return rows

    @cached_property
    def _bits(self) -> NDArray[np.uint64]:
        """One row a token: the entries that bear it."""
        rows = [self._at(self.facets[token]) for token in self._tokens]
        return np.array(rows, np.uint64).reshape(len(rows), -(-len(self) // _WORD))
