"""The PostgreSQL engine: BM25 over postings that the database hands over in columns (index/reader.py).

Filters, counts and order are worked out on whole columns; then the best are looked at again, and texts are read for
them alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import sql

from search.index import writer
from search.index.columns import UNRANKED, Bits, Numbers
from search.index.phrases import entries_with
from search.index.reader import Part, Postings, read

from ..facets import EXCLUDING, asked_tokens, by_facet
from ..meaning import answering
from ..models import EntryWords, IndexedEntry, Posting, SearchEntry
from ..queries import PAGE_SIZE, SearchQuery
from ..query_parsing import AskedQuery, AskedWord
from ..reranking import Candidate, rerank, wanted_words
from .interface import Hit, SearchResults, shows_near

_FIELDS = SearchEntry._meta.concrete_fields
_COLUMNS = [field.attname for field in _FIELDS]
_FROM_DB = [getattr(field, "from_db_value", None) for field in _FIELDS]
_LOOK_AGAIN = sql.SQL("""
SELECT w.title, w.text, w.stems, {columns}
FROM {entries} e JOIN {words} w ON w.entry_id = e.id WHERE e.id = ANY(%s)
""").format(
    columns=sql.SQL(", ").join(sql.Identifier("e", name) for name in _COLUMNS),
    entries=sql.Identifier(SearchEntry._meta.db_table),
    words=sql.Identifier(EntryWords._meta.db_table),
)
_WORDS = 3  # columns before those of the entry
ROUNDING = 1e-9
RERANKED = 30  # first results that are looked at again: three pages; more gained nothing
NEAR_RERANKED = 3  # for each that is shown, of those that may help too


@dataclass(frozen=True, eq=False)
class _Kept:
    """The entries that match and pass every filter, in columns."""

    entries: Numbers
    scores: NDArray[np.float64]
    evidence: NDArray[np.int16]
    updated: Numbers
    titles: NDArray[np.int32]

    @classmethod
    def of(cls, kept: Iterable["_Kept"]) -> "_Kept":
        """Return all these as one."""
        columns = [(one.entries, one.scores, one.evidence, one.updated, one.titles) for one in kept]
        return cls(*map(np.concatenate, zip(*columns, strict=True)))

    def first(self, order: str, start: int, stop: int) -> list[tuple[int, float]]:
        """Return (entry, score) from the place `start` to before `stop` in this order."""
        if order == "titre":
            unranked = int(np.count_nonzero(self.titles == UNRANKED))
            candidates = self.entries[_nearest(self.titles, stop + unranked)]
            ids = IndexedEntry.objects.filter(entry__in=candidates.tolist()).order_by("title", "entry")
            return [(pk, 0.0) for pk in ids.values_list("entry", flat=True)[start:stop]]
        keys = {
            "pertinence": (-self.scores, -self.updated, self.entries),
            "recent": (-self.updated, self.entries),
            "preuve": (-self.evidence, -self.scores, -self.updated, self.entries),
        }[order]
        nearest = _nearest(keys[0], stop)
        ranks = nearest[np.lexsort([key[nearest] for key in reversed(keys)])][start:stop]
        return list(zip(self.entries[ranks].tolist(), self.scores[ranks].tolist(), strict=True))


def _nearest(key: NDArray[Any], count: int) -> Numbers:
    """Return the places of the lowest `count` of a key, and of their equals: only these are worth sorting."""
    if len(key) <= count:
        return np.arange(len(key))
    return np.flatnonzero(key <= np.partition(key, count - 1)[count - 1])


class PostgresqlEngine:
    """Searches in columns kept in memory (search/index/), PostgreSQL holding the rows: the engine that every site has."""

    def search(self, query: SearchQuery, asked: AskedQuery) -> SearchResults:
        wanted = [entries_with(phrase) for phrase in asked.phrases]
        excluded = [entries_with(wording) for wording in asked.excluded]
        kept, beside, facets = [], [], Counter[str]()
        guided = bool(asked.needs or asked.constraints)
        for part in read(asked.terms, query.principals, narrowed=not guided):
            judged = _judge(part, asked)
            matching = judged.matching
            for entries in wanted:
                matching = matching & part.shelf.with_ids(entries)
            for entries in excluded:
                matching = matching & ~part.shelf.with_ids(entries)
            passing = {name: _passing(part, name, values) for name, values in query.facets.items()}
            sure = matching & judged.sure
            kept.append(_kept(part, _all([sure, *passing.values()]), judged.scores))
            beside.append((part, _all([matching & ~judged.sure, *passing.values()]), judged.scores))
            facets.update(_counts(part, sure, passing))
        found = _Kept.of(kept)
        total = len(found.entries)
        several = [found]
        if shows_near(query, asked, total):
            several.append(_Kept.of(_kept(*one) for one in beside))
        hits, *near = self._hits(several, query, asked)
        return SearchResults(hits=hits, total=total, facets=by_facet(facets), near=near[0] if near else [])

    @staticmethod
    def _hits(several: Sequence[_Kept], query: SearchQuery, asked: AskedQuery) -> list[list[Hit]]:
        """Return this page of what surely answers, then the first of the others; all their rows are read together."""
        start = (query.page - 1) * PAGE_SIZE
        stop = start + PAGE_SIZE
        look_again = query.order == "pertinence" and bool(asked.words) and stop <= RERANKED
        bounds = [(0, RERANKED), (0, NEAR_RERANKED * query.most_near)] if look_again else [(start, stop)] * len(several)
        scored = [
            dict(found.first(query.order, *some)) if len(found.entries) else {}
            for found, some in zip(several, bounds, strict=False)
        ]
        ids = [pk for scores in scored for pk in scores]
        entries: dict[int, SearchEntry]
        if look_again:
            rows = _rows(ids)
            wanted = wanted_words(asked)
            ordered = [rerank(wanted, _candidates(scores, rows))[start:stop] for scores in scored]
            entries = _Entries(rows)
        else:
            entries = {entry.pk: entry for entry in SearchEntry.objects.filter(pk__in=ids)} if ids else {}
            ordered = [[pk for pk in scores if pk in entries] for scores in scored]
        shown = [*ordered[:1], *(page[: query.most_near] for page in ordered[1:])]
        return [[Hit.of(entries[pk], asked.marked_terms) for pk in page] for page in shown]

    def put(self, entries: Iterable[SearchEntry]) -> None:
        writer.put(entries)

    def remove(self, keys: Iterable[str]) -> None:
        forgotten = SearchEntry.objects.filter(key__in=list(keys)).values("pk")
        for model in (Posting, IndexedEntry):
            model._default_manager.filter(entry__in=forgotten).delete()

    def rebuild(self) -> int:
        return writer.rebuild()


_Row = tuple[Any, ...]  # the words of an entry, then its columns


def _rows(ids: list[int]) -> dict[int, _Row]:
    """Return what is looked at again of these entries (one query)."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_AGAIN, [ids])  # type: ignore[arg-type]
        return {row[_WORDS]: row for row in cursor.fetchall()}


class _Entries(dict[int, SearchEntry]):
    """The entries of these rows, made when they are asked for: of thirty that are looked at, ten are shown."""

    def __init__(self, rows: dict[int, _Row]) -> None:
        self._rows = rows

    def __missing__(self, pk: int) -> SearchEntry:
        values = zip(self._rows[pk][_WORDS:], _FROM_DB, strict=True)
        entry = SearchEntry.from_db(
            connection.alias, _COLUMNS, [read(value, None, connection) if read else value for value, read in values]
        )
        self[pk] = entry
        return entry


def _candidates(scores: dict[int, float], rows: dict[int, _Row]) -> list[Candidate]:
    return [Candidate(pk, score, *row[:_WORDS]) for pk, score in scores.items() if (row := rows.get(pk))]


def _wordings(word: AskedWord) -> list[tuple[tuple[str, ...], float]]:
    """Return the ways of saying a word with their weights: each of its terms, each of its synonyms."""
    return [((term,), 1.0) for term in word.terms] + [(synonym.terms, synonym.weight) for synonym in word.synonyms]


@dataclass(frozen=True, eq=False)
class _Judged:
    """The score of each entry; which of them match and may be read; which answer enough of what is asked."""

    scores: NDArray[np.float64]
    matching: Bits
    sure: Bits


def _judge(part: Part, asked: AskedQuery) -> _Judged:
    """Return what each entry is worth for a query (meaning/answering.py). Without words everything matches, surely.

    For each word the best of its wordings, summed over the words. A wording of several words (a synonym) counts where
    all of them stand, with their mean weight.
    """
    size = len(part.shelf)
    scores, answered = np.zeros(size), np.zeros(size)
    if not asked.words:
        return _Judged(scores, part.readable, part.readable)
    for word in asked.words:
        best, told = np.zeros(size), np.zeros(size)
        for terms, weight in _wordings(word):
            if terms and all(term in part.postings for term in terms):
                found = [part.postings[term] for term in terms]
                factors = [weight * asked.lexicon.idf(term) / len(terms) for term in terms]
                _raise(best, told, found, factors, weight)
        scores += best * answering.ASIDE if word.aside else best
        if not word.aside or not asked.subject:
            answered += told * answering.weight_of(asked, word)
    answered /= sum(answering.weight_of(asked, word) for word in asked.subject or asked.words)
    readable, beside = part.readable, np.zeros(size)
    if asked.constraints:
        suited, barred = _suited(part, asked)
        beside = suited
        scores += answering.boost(asked) * answering.SUIT_BOOST * suited
        readable = readable & ~barred
        if not asked.subject:
            answered = np.maximum(answered, suited)
    if asked.needs:
        led = _led(part, asked)
        scores += answering.boost(asked) * answering.LEAD_BOOST * led
        answered = np.maximum(answered, led)
    return _Judged(
        scores,
        readable & part.shelf.those((answered > 0) | (beside > 0)),
        part.shelf.those(answered >= answering.floor(asked) - ROUNDING),
    )


def _suited(part: Part, asked: AskedQuery) -> tuple[NDArray[np.float64], Bits]:
    """Return how far each entry suits the constraints, from 0 to 1, and which ones contradict one."""
    suited, barred = np.zeros(len(part.shelf)), part.shelf.those(np.zeros(len(part.shelf), np.bool_))
    for constraint in asked.constraints:
        suits, contradicts = part.shelf.bearing(constraint.suits), part.shelf.bearing(constraint.contradicts)
        suited[part.shelf.positions(suits & ~contradicts)] += 1 / len(asked.constraints)
        suited[part.shelf.positions(suits & contradicts)] += answering.HALF_SUITED / len(asked.constraints)
        barred = barred | (contradicts & ~suits)
    return suited, barred


def _led(part: Part, asked: AskedQuery) -> NDArray[np.float64]:
    """Return how much of the query each entry answers as one where its needs lead."""
    led = np.zeros(len(part.shelf))
    for lead in answering.leads(asked):
        bits = part.shelf.bearing([lead.token]) if lead.token else part.shelf.with_ids([lead.entry])
        positions = part.shelf.positions(bits)
        led[positions] = np.maximum(led[positions], lead.share)
    return led


def _raise(
    best: NDArray[np.float64],
    told: NDArray[np.float64],
    found: list[Postings],
    factors: list[float],
    weight: float,
) -> None:
    """Raise the best score of each entry where all these terms stand to the sum of theirs, and how far it is told
    about them.
    """
    if len(found) == 1:
        positions, score, about = found[0].positions, found[0].weights * factors[0], found[0].about
    else:
        total, held, abouts = np.zeros(len(best)), np.zeros(len(best), np.int16), np.zeros(len(best), np.int16)
        for term, factor in zip(found, factors, strict=True):
            total[term.positions] += term.weights * factor
            held[term.positions] += 1
            abouts[term.positions] += term.about
        positions = np.flatnonzero(held == len(found))
        score, about = total[positions], abouts[positions] == len(found)
    best[positions] = np.maximum(best[positions], score)
    told[positions] = np.maximum(told[positions], answering.credit(weight) * np.where(about, 1.0, answering.MENTIONED))


def _passing(part: Part, facet: str, values: Iterable[str]) -> Bits:
    """Return the entries that pass a chosen facet."""
    bearing = part.shelf.bearing(asked_tokens(facet, values))
    return ~bearing if facet in EXCLUDING else bearing


def _all(some: Iterable[Bits]) -> Bits:
    return np.bitwise_and.reduce(list(some))


def _counts(part: Part, matching: Bits, passing: dict[str, Bits]) -> dict[str, int]:
    """Return how many entries bear each value: of those that pass every other facet."""
    counts = part.shelf.counts(_all([matching, *passing.values()]))
    for facet in passing:
        others = [entries for name, entries in passing.items() if name != facet]
        counts |= part.shelf.counts(_all([matching, *others]), facet=facet)
    return counts


def _kept(part: Part, passing: Bits, scores: NDArray[np.float64]) -> _Kept:
    shelf, positions = part.shelf, part.shelf.positions(passing)
    return _Kept(
        shelf.entries[positions],
        scores[positions],
        shelf.evidence[positions],
        shelf.updated[positions],
        shelf.titles[positions],
    )
