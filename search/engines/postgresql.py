"""The PostgreSQL engine: BM25 of the title plus BM25 of the body over a table of postings, in plain SQL.

Weights follow Robertson and Zaragoza (2009): weight = tf (k1 + 1) / (tf + k1 (1 - b + b length / average length)),
kept in each posting; idf = ln(1 + (N - df + 0.5) / (df + 0.5)) is taken when searching. Average lengths are those of
the last rebuild's order of magnitude: they only scale the normalisation.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from ..french import terms
from ..models import Posting, SearchEntry
from ..queries import PAGE_SIZE, SearchQuery
from ..words import AskedQuery
from . import Hit, SearchResults

K1, B = 1.2, 0.75
TITLE_LENGTH, BODY_LENGTH = 6.0, 300.0
TITLE_BOOST = 1.0
REBUILD_BATCH = 500

ORDERS = {
    "pertinence": "full_match DESC, score DESC, e.updated_at DESC, e.id",
    "recent": "e.updated_at DESC, e.id",
    "preuve": "e.evidence_rank DESC, full_match DESC, score DESC, e.updated_at DESC, e.id",
    "titre": "e.title, e.id",
}

MATCHED = """
asked(word, term, weight) AS (SELECT * FROM unnest(%(words)s::int[], %(terms)s::text[], %(weights)s::float8[])),
df(term, n) AS (
    SELECT term, count(*) FROM findable_posting WHERE term = ANY(%(terms)s) GROUP BY term
),
corpus(n) AS (SELECT count(*) FROM findable_searchentry),
by_word AS (
    SELECT p.entry_id, a.word,
           max(a.weight * ln(1 + (corpus.n - df.n + 0.5) / (df.n + 0.5)) * (p.title_weight + p.body_weight)) AS score
    FROM asked a JOIN df USING (term) JOIN findable_posting p USING (term) CROSS JOIN corpus
    GROUP BY p.entry_id, a.word
),
matched AS (
    SELECT entry_id, sum(score) AS score, count(*) = %(word_count)s AS full_match FROM by_word GROUP BY entry_id
)
"""
EVERYTHING = "matched AS (SELECT id AS entry_id, 0.0 AS score, true AS full_match FROM findable_searchentry)"


def _weights(text: str, average: float) -> dict[str, float]:
    counts = Counter(terms(text))
    length = sum(counts.values())
    return {term: tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average)) for term, tf in counts.items()}


class PostgresqlEngine:
    def search(self, query: SearchQuery, asked: AskedQuery) -> SearchResults:
        flat = [(number, term, 1.0) for number, word in enumerate(asked.words) for term in word.terms]
        flat += [
            (number, term, synonym.weight / len(synonym.terms))
            for number, word in enumerate(asked.words)
            for synonym in word.synonyms
            for term in synonym.terms
        ]
        params: dict[str, Any] = {
            "words": [number for number, _term, _weight in flat],
            "terms": [term for _number, term, _weight in flat],
            "weights": [weight for _number, _term, weight in flat],
            "word_count": len(asked.words),
            "principals": sorted(query.principals),
            "limit": PAGE_SIZE,
            "offset": (query.page - 1) * PAGE_SIZE,
        }
        # Words that are all stop words (« comment faire ») match everything rather than nothing.
        matched = MATCHED if flat else EVERYTHING
        filters = []
        for number, (name, values) in enumerate(query.facets.items()):
            params[f"name{number}"] = name
            params[f"values{number}"] = [f"{name}:{value}" for value in values]
            filters.append(number)
        passes = " AND ".join(f"e.facets && %(values{number})s::varchar[]" for number in filters) or "true"
        with connection.cursor() as cursor:
            total, facets = self._facets(cursor, matched, filters, params)
            cursor.execute(
                f"""WITH {matched} SELECT e.id FROM matched JOIN findable_searchentry e ON e.id = matched.entry_id
                WHERE e.principals && %(principals)s::varchar[] AND {passes}
                ORDER BY {ORDERS[query.order]} LIMIT %(limit)s OFFSET %(offset)s""",  # noqa: S608 - no input in it
                params,
            )
            ids = [row[0] for row in cursor.fetchall()]
        entries = SearchEntry.objects.in_bulk(ids)
        hits = [Hit.of(entries[pk], asked.marked_terms) for pk in ids if pk in entries]
        return SearchResults(hits=hits, total=total, facets=facets)

    @staticmethod
    def _facets(
        cursor: Any, matched: str, filters: list[int], params: dict[str, Any]
    ) -> tuple[int, dict[str, dict[str, int]]]:
        """Count each value among the entries that pass the other facets: those that fail none, or only its own."""
        fails = " + ".join(f"(NOT e.facets && %(values{n})s::varchar[])::int" for n in filters) or "0"
        cases = " ".join(f"WHEN NOT e.facets && %(values{n})s::varchar[] THEN %(name{n})s" for n in filters)
        failing = f"CASE {cases} END" if cases else "NULL"
        cursor.execute(
            f"""WITH {matched}, candidates AS (
                SELECT e.facets, {fails} AS fails, {failing} AS failing
                FROM matched JOIN findable_searchentry e ON e.id = matched.entry_id
                WHERE e.principals && %(principals)s::varchar[]
            )
            SELECT value, count(*) FROM candidates, unnest(facets || ARRAY['*:']::varchar[]) AS value
            WHERE fails = 0 OR (fails = 1 AND split_part(value, ':', 1) = failing) GROUP BY value""",  # noqa: S608
            params,
        )
        facets: dict[str, dict[str, int]] = {}
        for token, count in cursor.fetchall():
            name, _colon, value = token.partition(":")
            facets.setdefault(name, {})[value] = count
        return facets.pop("*", {}).get("", 0), facets

    @transaction.atomic
    def put(self, entries: Iterable[SearchEntry]) -> None:
        entries = list(entries)
        self.remove(entry.pk for entry in entries)
        Posting.objects.bulk_create(
            (posting for entry in entries for posting in self._postings(entry)), batch_size=5000
        )

    @staticmethod
    def _postings(entry: SearchEntry) -> Iterable[Posting]:
        title = _weights(entry.title, TITLE_LENGTH)
        body = _weights(f"{entry.summary} {entry.keywords} {entry.body}", BODY_LENGTH)
        for term in title.keys() | body.keys():
            yield Posting(
                term=term,
                entry_id=entry.pk,
                title_weight=TITLE_BOOST * title.get(term, 0.0),
                body_weight=body.get(term, 0.0),
            )

    def remove(self, entry_ids: Iterable[int]) -> None:
        Posting.objects.filter(entry_id__in=list(entry_ids)).delete()

    def rebuild(self) -> int:
        count, batch = 0, []
        for entry in SearchEntry.objects.iterator(chunk_size=REBUILD_BATCH):
            batch.append(entry)
            count += 1
            if len(batch) == REBUILD_BATCH:
                self.put(batch)
                batch = []
        self.put(batch)
        return count
