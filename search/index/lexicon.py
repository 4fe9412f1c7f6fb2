"""What a search asks of the database before it is answered, at once: how many entries hold each of its terms, whether
the person may read one of them, where the needs that it may say lead, and which rules of editors hold now.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from .ranking import idf

LARGE = 1000  # from this size, the planner's count of the entries is near enough

# A posting of the snapshot takes 8 bytes: how many there are is known without reading them, and near enough for a
# weight. Whether the term is visible is told by the rows, and stops at the first entry that the person may read.
_LOOK_UP = """
SELECT 'term', asked.term,
       COALESCE((SELECT octet_length(c.postings) / 8 FROM search_index_termcolumn c WHERE c.term = asked.term),
                (SELECT count(*) FROM search_index_posting p WHERE p.term = asked.term)),
       EXISTS (SELECT FROM search_index_posting p JOIN search_index_indexedentry i ON i.entry_id = p.entry_id
               WHERE p.term = asked.term AND i.audience_id = ANY(audiences.ids))
FROM unnest(%(terms)s::varchar[]) AS asked(term),
     (SELECT ARRAY(SELECT id FROM search_index_audience WHERE principals && %(principals)s::varchar[])) AS audiences(ids)
UNION ALL
SELECT 'all', (SELECT version::text FROM findable_rulesversion),
       CASE WHEN reltuples >= %(large)s THEN reltuples::bigint
            ELSE (SELECT count(*) FROM search_index_indexedentry) END, true
FROM pg_class WHERE oid = 'search_index_indexedentry'::regclass
UNION ALL
SELECT 'key', key, id, true FROM findable_searchentry WHERE key = ANY(%(keys)s::varchar[])
"""


@dataclass(frozen=True)
class Lexicon:
    """The number of entries, how many hold each term and the terms that the person may know of; the ids of the entries
    whose keys were asked for, of those that are there; the version of the rules of editors.
    """

    entries: int = 0
    frequencies: dict[str, int] | None = None
    visible: frozenset[str] = frozenset()
    ids: dict[str, int] | None = None
    rules: UUID | None = None

    def frequency(self, term: str) -> int:
        return (self.frequencies or {}).get(term, 0)

    def idf(self, term: str) -> float:
        return idf(self.entries, self.frequency(term))

    def found(self, keys: Iterable[str]) -> tuple[tuple[int, str], ...]:
        """Return the id and the key of each of these entries that is there, in their order."""
        ids = self.ids or {}
        return tuple((ids[key], key) for key in keys if key in ids)


def look_up(terms: Iterable[str], principals: Collection[str], keys: Iterable[str] = ()) -> Lexicon:
    """Return what is known of these terms and of the entries of these keys (one query)."""
    params: dict[str, Any] = {
        "terms": sorted(set(terms)),
        "principals": sorted(principals),
        "large": LARGE,
        "keys": sorted(set(keys)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, params)
        rows = cursor.fetchall()
    held = [row[1:] for row in rows if row[0] == "term"]
    ((version, entries, _visible),) = (row[1:] for row in rows if row[0] == "all")
    return Lexicon(
        entries=entries,
        frequencies={term: count for term, count, _visible in held if count},
        visible=frozenset(term for term, _count, visible in held if visible),
        ids={key: pk for what, key, pk, _visible in rows if what == "key"},
        rules=UUID(version) if version else None,
    )
