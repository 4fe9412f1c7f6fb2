"""Entries in columns: filtering, counting and ordering tens of thousands of them takes a millisecond or two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]  # one truth per position
_WORD = 64  # bits


@dataclass(frozen=True, eq=False)
class Shelf:
    """Some entries; a position is a place in each of the columns. `facets` holds the positions that bear each value."""

    entries: Numbers  # ids, ascending
    audiences: NDArray[np.int32]
    evidence: NDArray[np.int16]
    updated: Numbers  # microseconds since 1970
    facets: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.entries)

    def readable_by(self, audiences: Iterable[int]) -> Mask:
        """Return the entries of these audiences."""
        return np.isin(self.audiences, np.fromiter(audiences, np.int32))

    def positions_of(self, entries: Numbers) -> Numbers:
        """Return the positions of these entries, -1 for those that are not here."""
        if not len(self):
            return np.full(len(entries), -1)
        positions = np.searchsorted(self.entries, entries).clip(max=len(self) - 1)
        return np.where(self.entries[positions] == entries, positions, -1)

    def mask_of(self, entries: Iterable[int]) -> Mask:
        """Return which of the entries these are; those that are not here count for nothing."""
        positions = self.positions_of(np.fromiter(entries, np.int64))
        return self._mask(positions[positions >= 0])

    def bearing(self, tokens: Iterable[str]) -> Mask:
        """Return the entries that bear one of these values."""
        return self._mask(*(self.facets[token] for token in tokens if token in self.facets))

    def counts(self, mask: Mask, *, facet: str = "") -> dict[str, int]:
        """Return how many of these entries bear each value (of one facet alone where it is named), without the noughts."""
        first, last = self._rows.get(facet, (0, 0)) if facet else (0, len(self._tokens))
        found = np.bitwise_count(self._bits[first:last] & _bits(mask)).sum(axis=1)
        return {self._tokens[first + row]: int(found[row]) for row in np.flatnonzero(found)}

    def _mask(self, *positions: Numbers) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        for some in positions:
            mask[some] = True
        return mask

    @cached_property
    def _tokens(self) -> list[str]:
        return sorted(self.facets)

    @cached_property
    def _rows(self) -> dict[str, tuple[int, int]]:
        """The first row of each facet, and the one after its last."""
        rows: dict[str, tuple[int, int]] = {}
        for row, token in enumerate(self._tokens):
            name = token.partition(":")[0]
            rows[name] = rows.get(name, (row,))[0], row + 1
        return rows

    @cached_property
    def _bits(self) -> NDArray[np.uint64]:
        rows = [_bits(self._mask(self.facets[token])) for token in self._tokens]
        return np.array(rows, np.uint64).reshape(len(rows), -(-len(self) // _WORD))


def _bits(mask: Mask) -> NDArray[np.uint64]:
    """Return the mask in bits, padded to whole words."""
    return np.packbits(np.pad(mask, (0, -len(mask) % _WORD))).view(np.uint64)
