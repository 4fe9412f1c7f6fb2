"""What the index knows of terms: how many entries hold each, and whether a person may read one of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .ranking import idf

LARGE = 1000  # from this size, the planner's count of the entries is near enough

# A posting of the snapshot takes 8 bytes: how many there are is known without reading them, and near enough for a
# weight. Whether the term is visible is told by the rows, and stops at the first entry that the person may read.
_LOOK_UP = """
SELECT asked.term,
       COALESCE((SELECT octet_length(c.postings) / 8 FROM search_index_termcolumn c WHERE c.term = asked.term),
                (SELECT count(*) FROM search_index_posting p WHERE p.term = asked.term)),
       EXISTS (SELECT FROM search_index_posting p JOIN search_index_indexedentry i ON i.entry_id = p.entry_id
               WHERE p.term = asked.term AND i.audience_id = ANY(audiences.ids))
FROM unnest(%(terms)s::varchar[]) AS asked(term),
     (SELECT ARRAY(SELECT id FROM search_index_audience WHERE principals && %(principals)s::varchar[])) AS audiences(ids)
UNION ALL
SELECT '', CASE WHEN reltuples >= %(large)s THEN reltuples::bigint
                ELSE (SELECT count(*) FROM search_index_indexedentry) END, true
FROM pg_class WHERE oid = 'search_index_indexedentry'::regclass
"""


@dataclass(frozen=True)
class Lexicon:
    """The number of entries, how many hold each term and the terms that the person may know of."""

    entries: int = 0
    frequencies: dict[str, int] | None = None
    visible: frozenset[str] = frozenset()

    def frequency(self, term: str) -> int:
        return (self.frequencies or {}).get(term, 0)

    def idf(self, term: str) -> float:
        return idf(self.entries, self.frequency(term))


def look_up(terms: Iterable[str], principals: Collection[str]) -> Lexicon:
    """Return what is known of these terms (one query)."""
    params: dict[str, Any] = {"terms": sorted(set(terms)), "principals": sorted(principals), "large": LARGE}
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, params)
        rows = cursor.fetchall()
    return Lexicon(
        entries=next(count for term, count, _visible in rows if not term),
        frequencies={term: count for term, count, _visible in rows if term and count},
        visible=frozenset(term for term, _count, visible in rows if term and visible),
    )
