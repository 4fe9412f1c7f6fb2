"""The snapshot: the index in columns, taken from the rows by the database itself, kept in memory by who searches.

A search reads the columns of its words whole, not row by row (reader.py), and sets aside what changed since: those
entries are read from their rows. A change so takes effect at once, and no process ever has to be told of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from ..models import ChangedEntry, IndexedEntry, Snapshot
from .columns import Shelf

# Changes that are left to rows before a new snapshot is due: each costs a search some microseconds a word.
MOST_CHANGES, LEAST_SHARE = 200, 0.005
OLDEST = timedelta(days=1)  # of a snapshot that something has changed since
KEPT_IN_MEMORY = 2  # snapshots in each process: one takes the place of the other

# Who takes a snapshot is alone, among those who do and those who search while none may be taken.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.search_index_snapshot'))"
_TOGETHER = "SELECT pg_advisory_xact_lock_shared(hashtext(current_schema() || '.search_index_snapshot'))"
# In SQL: Wagtail listens to every deletion, and Django would read the columns to tell of it.
_CLEAR = "DELETE FROM search_index_termcolumn; DELETE FROM search_index_facetcolumn; DELETE FROM search_index_snapshot"
# One statement, hence one moment: a change that commits meanwhile stays noted, and is in the rows.
_TAKE = """
WITH live AS MATERIALIZED (
    SELECT *, (row_number() OVER (ORDER BY entry_id) - 1)::int AS position,
           row_number() OVER (ORDER BY title, entry_id)::int AS title_rank FROM search_index_indexedentry
), terms AS (
    INSERT INTO search_index_termcolumn (term, postings)
    SELECT term, string_agg(int4send(position) || float4send(weight), '') FROM search_index_posting
    JOIN live USING (entry_id) GROUP BY term
), facets AS (
    INSERT INTO search_index_facetcolumn (token, positions)
    SELECT token, string_agg(int4send(position), '') FROM live, unnest(facets) AS token GROUP BY token
), changes AS (
    DELETE FROM search_index_changedentry
)
INSERT INTO search_index_snapshot (key, taken_at, entries, audiences, evidence, updated, titles)
SELECT gen_random_uuid(), now(), COALESCE(string_agg(int8send(entry_id), '' ORDER BY position), ''),
       COALESCE(string_agg(int4send(audience_id), '' ORDER BY position), ''),
       COALESCE(string_agg(int2send(evidence_rank), '' ORDER BY position), ''),
       COALESCE(string_agg(int8send((EXTRACT(epoch FROM updated_at) * 1000000)::bigint), '' ORDER BY position), ''),
       COALESCE(string_agg(int4send(title_rank), '' ORDER BY position), '')
FROM live
"""
_LOAD = """
SELECT entries, audiences, evidence, updated, titles, ARRAY(SELECT token FROM search_index_facetcolumn ORDER BY token),
       ARRAY(SELECT positions FROM search_index_facetcolumn ORDER BY token)
FROM search_index_snapshot WHERE key = %s
"""


class SnapshotReplaced(Exception):
    """Another snapshot has taken the place of this one."""


@contextmanager
def none_taken() -> Iterator[None]:
    """Hold back whoever would take a snapshot, until the end of the transaction; wait for who is taking one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TOGETHER)
        yield


@transaction.atomic
def take() -> None:
    """Take a snapshot in the place of the last one. Searches and changes go on meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE)
        cursor.execute(_CLEAR)
        cursor.execute(_TAKE)


def is_due() -> bool:
    """Whether so much has changed that a new snapshot would spare searches something.

    After a day any change is enough: the words of what was removed do not stay in the columns.
    """
    changes = ChangedEntry.objects.count()
    recent = Snapshot.objects.filter(taken_at__gt=timezone.now() - OLDEST).exists()
    return changes > (max(MOST_CHANGES, LEAST_SHARE * IndexedEntry.objects.count()) if recent else 0)


def entries_held() -> frozenset[int]:
    """Return the entries that the present snapshot tells of."""
    key = Snapshot.objects.values_list("key", flat=True).first()
    return frozenset(shelf_of(key).entries.tolist()) if key else frozenset()


@lru_cache(maxsize=KEPT_IN_MEMORY)
def shelf_of(key: UUID) -> Shelf:
    """Return the entries of this snapshot: some 40 bytes an entry, 4 MB for 100,000. Raises SnapshotReplaced."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [key])
        row = cursor.fetchone()
    if row is None:
        raise SnapshotReplaced
    entries, audiences, evidence, updated, titles, tokens, positions = row
    return Shelf(
        entries=np.frombuffer(entries, ">i8").astype(np.int64),
        audiences=np.frombuffer(audiences, ">i4").astype(np.int32),
        evidence=np.frombuffer(evidence, ">i2").astype(np.int16),
        updated=np.frombuffer(updated, ">i8").astype(np.int64),
        titles=np.frombuffer(titles, ">i4").astype(np.int32),
        facets={
            token: np.frombuffer(some, ">i4").astype(np.int64) for token, some in zip(tokens, positions, strict=True)
        },
    )
