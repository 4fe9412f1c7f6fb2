"""The PostgreSQL engine: BM25 over a table of postings, in one statement; the best are then looked at again.

The statement ranks, filters, counts facets and takes the words of the first hits in a single pass over narrow tables
(index/models.py): texts are read for the hits alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from ..facets import EXCLUDING
from ..french import bare_stems, bare_words, terms, terms_of_word, words
from ..index import writing
from ..index.models import IndexedEntry, Posting
from ..models import SearchEntry
from ..queries import PAGE_SIZE, SearchQuery
from ..reranking import Candidate, rerank, wanted_words
from ..words import AskedQuery
from . import Hit, SearchResults

RERANKED = 30  # first results that are looked at again: three pages; more gained nothing

ORDERS = {
    "pertinence": "score DESC, updated_at DESC, entry_id",
    "recent": "updated_at DESC, entry_id",
    "preuve": "evidence_rank DESC, score DESC, updated_at DESC, entry_id",
    "titre": "title, entry_id",
}
TOTAL, COUNT, HIT = 0, 1, 2  # what a row of the answer is


@dataclass
class _Statement:
    """The pieces of the statement that depend on the query; values never enter the SQL."""

    found: str = ""
    conditions: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)

    def value(self, value: Any) -> str:
        """Return the placeholder of a value."""
        name = f"v{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"


class PostgresqlEngine:
    def search(self, query: SearchQuery, asked: AskedQuery) -> SearchResults:
        looks_again = query.order == "pertinence" and bool(asked.words) and query.page * PAGE_SIZE <= RERANKED
        statement = _Statement()
        statement.found = _found(statement, asked)
        statement.conditions += [*_phrases(statement, asked), *_exclusions(statement, asked)]
        start = (query.page - 1) * PAGE_SIZE
        window = (RERANKED, 0) if looks_again else (PAGE_SIZE, start)
        with connection.cursor() as cursor:
            cursor.execute(_sql(statement, query, window), statement.params)
            rows = cursor.fetchall()
        candidates = [Candidate(*row[3:]) for row in rows if row[0] == HIT]
        if looks_again:
            ids = rerank(wanted_words(asked), candidates)[start : start + PAGE_SIZE]
        else:
            ids = [candidate.entry_id for candidate in candidates]
        entries = SearchEntry.objects.in_bulk(ids)
        return SearchResults(
            hits=[Hit.of(entries[pk], asked.marked_terms) for pk in ids if pk in entries],
            total=next(row[3] for row in rows if row[0] == TOTAL),
            facets=_by_facet((token, count) for kind, _rank, token, count, *_rest in rows if kind == COUNT),
        )

    def put(self, entries: Iterable[SearchEntry]) -> None:
        writing.put(entries)

    def remove(self, keys: Iterable[str]) -> None:
        forgotten = SearchEntry.objects.filter(key__in=list(keys)).values("pk")
        for model in (Posting, IndexedEntry):
            model._default_manager.filter(entry__in=forgotten).delete()

    def rebuild(self) -> int:
        return writing.rebuild()


def _found(statement: _Statement, asked: AskedQuery) -> str:
    """Return the SQL of (entry_id, score): for each word the best of its wordings, summed over the words.

    A wording of several words (a synonym) counts where all of them stand, with their mean weight.
    """
    if not asked.words:
        return "SELECT entry_id, 0.0::float8 AS score FROM search_index_indexedentry"
    branches: list[str] = []
    simple, demanding = True, False
    for number, word in enumerate(asked.words):
        wordings: list[tuple[tuple[str, ...], float]] = [((term,), 1.0) for term in word.terms]
        wordings += [(synonym.terms, synonym.weight) for synonym in word.synonyms]
        # A word that no entry holds stays, once, so that a query of unknown words finds nothing rather than everything.
        held = [(own, weight) for own, weight in wordings if own and all(map(asked.lexicon.frequency, own))]
        held = held or [(word.terms[:1], 1.0)]
        simple, demanding = simple and len(held) == 1, demanding or any(len(own) > 1 for own, _weight in held)
        for rank, (own, weight) in enumerate(held):
            for term in own:
                factor = statement.value(weight * asked.lexicon.idf(term) / len(own))
                branches.append(
                    f"SELECT entry_id, {number} AS word, {rank} AS wording, {len(own)} AS needed,"
                    f" weight * {factor}::float8 AS score FROM search_index_posting WHERE term = {statement.value(term)}"
                )
    if len(branches) == 1:  # no entry comes twice
        return branches[0]
    rows = "(" + " UNION ALL ".join(branches) + ") AS rows"
    if simple and not demanding:
        return f"SELECT entry_id, sum(score) AS score FROM {rows} GROUP BY entry_id"
    if demanding:
        rows = f"""(SELECT entry_id, word, sum(score) AS score FROM {rows}
            GROUP BY entry_id, word, wording, needed HAVING count(*) = needed) AS rows"""
    return f"""SELECT entry_id, sum(score) AS score FROM (
        SELECT entry_id, max(score) AS score FROM {rows} GROUP BY entry_id, word) AS words GROUP BY entry_id"""


def _holds_phrase(statement: _Statement, phrase: str) -> str:
    """Return the SQL of the entries where these words follow one another; postings narrow before texts are read."""
    holders = " INTERSECT ".join(
        f"SELECT entry_id FROM search_index_posting WHERE term = ANY({statement.value(list(found))}::varchar[])"
        for match in words(phrase)
        if (found := terms_of_word(match.group()))
    )
    wanted = statement.value(f"% {bare_stems(bare_words(phrase))} %")
    return f"""(WITH holders AS MATERIALIZED ({holders})
        SELECT w.entry_id FROM holders JOIN search_index_entrywords w USING (entry_id) WHERE w.stems LIKE {wanted})"""


def _phrases(statement: _Statement, asked: AskedQuery) -> list[str]:
    return [f"i.entry_id IN {_holds_phrase(statement, phrase)}" for phrase in asked.phrases]


def _exclusions(statement: _Statement, asked: AskedQuery) -> list[str]:
    conditions = []
    for wording in asked.excluded:
        if len(words(wording)) > 1:
            conditions.append(f"i.entry_id NOT IN {_holds_phrase(statement, wording)}")
        else:
            excluded = f"SELECT entry_id FROM search_index_posting WHERE term = ANY({statement.value(terms(wording))}::varchar[])"
            conditions.append(f"i.entry_id NOT IN ({excluded})")
    return conditions


def _sql(statement: _Statement, query: SearchQuery, window: tuple[int, int]) -> str:
    """Return the statement. Its rows: the total; the count of each facet value; the hits in order."""
    principals = statement.value(sorted(query.principals))
    conditions = " AND ".join(statement.conditions) or "TRUE"
    # The chosen facets, and SQL that is true where the entry does not pass each.
    tests: list[str] = []
    for name, values in query.facets.items():
        tokens = statement.value([f"{name}:{value}" for value in values])
        chosen = f"ARRAY(SELECT id FROM search_index_facettoken WHERE token = ANY({tokens}::varchar[]))"
        tests.append(f"{'' if name in EXCLUDING else 'NOT '}i.facets && {chosen} AS fails{len(tests)}")
    fails = " + ".join(f"fails{number}::int" for number in range(len(tests))) or "0"
    cases = " ".join(f"WHEN fails{number} THEN {number + 1}" for number in range(len(tests)))
    failed = f"CASE {cases} END" if cases else "NULL"
    names, without_counts = statement.value(list(query.facets)), statement.value(sorted(EXCLUDING))
    limit, offset = window
    # Rights are tested after the join, with the facets: the planner cannot know how many entries they leave, and would
    # build its table of all of them instead of those that were found.
    return f"""
    WITH found AS ({statement.found}),
    kept AS MATERIALIZED (
        SELECT *, {fails} AS fails, ({failed})::int AS failed FROM (
            SELECT {", ".join(["i.*", "found.score", *tests])}, i.audience_id = ANY(ARRAY(
                SELECT id FROM search_index_audience WHERE principals && {principals}::varchar[])) AS readable
            FROM found JOIN search_index_indexedentry i ON i.entry_id = found.entry_id WHERE {conditions}
            OFFSET 0  -- each test is made once
        ) AS tested WHERE readable AND {fails} <= 1
    ),
    hits AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY {ORDERS[query.order]}) AS rank, entry_id, score
        FROM kept WHERE fails = 0 ORDER BY {ORDERS[query.order]} LIMIT {limit} OFFSET {offset}
    ),
    counted AS MATERIALIZED (  -- the values that are counted, with the number of their facet among the chosen ones
        SELECT id, token, array_position({names}::varchar[], split_part(token, ':', 1)::varchar) AS number
        FROM search_index_facettoken WHERE split_part(token, ':', 1) <> ALL({without_counts}::varchar[])
    ),
    counts AS (  -- each value among the entries that pass every facet, and those that fail its own alone
        SELECT value, count(*) AS entries FROM kept, unnest(facets) AS value JOIN counted ON counted.id = value
        WHERE failed IS NULL OR failed = number GROUP BY value
    )
    SELECT {TOTAL} AS kind, 0 AS rank, NULL AS token, count(*) AS number, NULL::float8 AS score,
           NULL AS title, NULL AS words, NULL AS stems FROM kept WHERE fails = 0
    UNION ALL
    SELECT {COUNT}, 0, token, entries, NULL, NULL, NULL, NULL
    FROM counts JOIN counted ON counted.id = counts.value
    UNION ALL
    SELECT {HIT}, rank, NULL, entry_id, score, w.title, w.text, w.stems
    FROM hits JOIN search_index_entrywords w USING (entry_id)
    ORDER BY kind, rank
    """


def _by_facet(counts: Iterable[tuple[str, int]]) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {}
    for token, count in counts:
        name, _colon, value = token.partition(":")
        facets.setdefault(name, {})[value] = count
    return facets
