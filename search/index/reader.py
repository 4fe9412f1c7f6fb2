"""What a search reads of the index: where the asked terms stand, in the snapshot and in what changed since."""

from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from .columns import UNRANKED, Bits, Mask, Numbers, Shelf
from .snapshots import SnapshotReplaced, none_taken, shelf_of

# One statement, hence one moment: a row of what holds for all terms, then a row for each term. What changed is looked up
# as an array, entry by entry in an index: as a set, the planner would rather read every row of the table.
_READ = """
WITH changed AS MATERIALIZED (SELECT DISTINCT entry_id FROM search_index_changedentry),
asked AS (SELECT unnest(%(terms)s::varchar[]) AS term),
since AS MATERIALIZED (
    SELECT asked.term, p.entry_id, p.weight FROM asked CROSS JOIN LATERAL (
        SELECT * FROM search_index_posting
        WHERE term = asked.term AND entry_id = ANY(ARRAY(SELECT entry_id FROM changed)) OFFSET 0) AS p
)
SELECT NULL AS term, NULL AS postings, NULL AS since, json_build_object(
    'key', (SELECT key FROM search_index_snapshot),
    'audiences', ARRAY(SELECT id FROM search_index_audience WHERE principals && %(principals)s::varchar[]),
    'changed', ARRAY(SELECT entry_id FROM changed),
    'rows', ARRAY(SELECT json_build_array(
            entry_id, audience_id, evidence_rank, (EXTRACT(epoch FROM updated_at) * 1000000)::bigint, facets)
        FROM search_index_indexedentry WHERE entry_id = ANY(ARRAY(SELECT entry_id FROM {found})) ORDER BY entry_id)
) AS state
UNION ALL
SELECT asked.term, c.postings, (SELECT string_agg(int8send(entry_id) || float4send(weight), '')
                                FROM since WHERE since.term = asked.term), NULL
FROM asked LEFT JOIN search_index_termcolumn c ON c.term = asked.term
"""
_BY_POSITION = np.dtype([("position", ">i4"), ("weight", ">f4")])
_BY_ENTRY = np.dtype([("entry", ">i8"), ("weight", ">f4")])
_TRIES = 3  # before a search holds back whoever takes snapshots


@dataclass(frozen=True, eq=False)
class Postings:
    """Where one term stands on a shelf, each position once, its weight there, and whether the entry is about it."""

    positions: Numbers
    weights: NDArray[np.float64]
    about: Mask

    @classmethod
    def of(cls, positions: Numbers, signed: NDArray[Any]) -> "Postings":
        """Return postings from their weights, whose sign tells what the entry is about (ranking.posting_weights)."""
        weights = signed.astype(np.float64)
        return cls(positions, np.abs(weights), np.signbit(weights))


@dataclass(frozen=True, eq=False)
class Part:
    """Some of the entries; those that the person may read; where the terms that stand there do."""

    shelf: Shelf
    readable: Bits
    postings: dict[str, Postings]


def read(terms: Collection[str], principals: Collection[str], *, narrowed: bool = True) -> tuple[Part, Part]:
    """Return the entries of the snapshot that did not change since, and those that did (one query).

    With terms, the second holds the entries where one of them stands; without, or not `narrowed`, every entry that
    changed.
    """
    sql = _READ.format(found="since" if terms and narrowed else "changed")
    asked = {"terms": sorted(terms), "principals": sorted(principals)}
    for _try in range(_TRIES):
        with suppress(SnapshotReplaced):
            return _read_once(sql, asked)
    with none_taken():
        return _read_once(sql, asked)


def _read_once(sql: str, asked: dict[str, list[str]]) -> tuple[Part, Part]:
    """Read both parts. Raises SnapshotReplaced when another snapshot is taken before its entries are loaded."""
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        (*_none, state), *rows = sorted(cursor.fetchall(), key=lambda row: row[0] is not None)
    shelf = shelf_of(UUID(state["key"])) if state["key"] else _shelf_of_rows([])
    frozen = {term: np.frombuffer(postings, _BY_POSITION) for term, postings, _since, _state in rows if postings}
    since = {term: np.frombuffer(postings, _BY_ENTRY) for term, _frozen, postings, _state in rows if postings}
    return _unchanged(shelf, state, frozen), _changed(state, since)


def _unchanged(shelf: Shelf, state: dict[str, Any], postings: dict[str, NDArray[Any]]) -> Part:
    readable = shelf.readable_by(state["audiences"]) & ~shelf.with_ids(state["changed"])
    return Part(shelf, readable, {
        term: Postings.of(rows["position"].astype(np.int64), rows["weight"])
        for term, rows in postings.items()
    })  # fmt: skip


def _changed(state: dict[str, Any], postings: dict[str, NDArray[Any]]) -> Part:
    shelf = _shelf_of_rows(state["rows"])
    return Part(shelf, shelf.readable_by(state["audiences"]), {
        term: Postings.of(shelf.positions_of(rows["entry"].astype(np.int64)), rows["weight"])
        for term, rows in postings.items()
    })  # fmt: skip


def _shelf_of_rows(rows: list[list[Any]]) -> Shelf:
    facets: dict[str, list[int]] = defaultdict(list)
    for position, (*_columns, tokens) in enumerate(rows):
        for token in tokens:
            facets[token].append(position)
    return Shelf(
        entries=np.array([row[0] for row in rows], np.int64),
        audiences=np.array([row[1] for row in rows], np.int32),
        evidence=np.array([row[2] for row in rows], np.int16),
        updated=np.array([row[3] for row in rows], np.int64),
        titles=np.full(len(rows), UNRANKED, np.int32),
        facets={token: np.array(positions, np.int64) for token, positions in facets.items()},
    )
