"""A search, in the words of Elasticsearch: two requests, sent together.

One finds the page. Whatever holds one of the words matches, ranked by BM25 of the title plus BM25 of the text; nothing
else is asked of it, so that the server passes over what cannot be among the best. The best matches are then ordered
more finely (rescored): the opening of the text, two words of the query side by side, the family of a word, the server's
own stems, the share of the words found. Weights were chosen on judged searches: docs/elasticsearch.md.

The other counts, in one pass and without scores. It returns no hit, so the server keeps its answer until something
changes: whoever may read the same things and asks the same has it at once, whatever the page and the order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from kb_site.accounts.principals import MEMBERS, PUBLIC

from ...facets import EXCLUDING, by_facet
from ...french import as_read
from ...queries import PAGE_SIZE, SearchQuery
from ...query_parsing import AskedQuery, AskedWord
from .documents import roots, sequence

Clause = dict[str, Any]

FACET_VALUES = 500  # counted at once; the facets are closed lists and curated themes
WINDOW = 30  # how many of the best are ordered more finely: three pages; more gained nothing
ORDERS: dict[str, list[dict[str, str]]] = {
    "recent": [{"updated_at": "desc"}, {"key": "asc"}],
    "preuve": [{"evidence_rank": "desc"}, {"_score": "desc"}, {"updated_at": "desc"}, {"key": "asc"}],
    "titre": [{"title_order": "asc"}, {"key": "asc"}],
}
TITLE_TERMS, BODY_TERMS = 1.1, 1.0
LEAD = 0.3
PAIR = 0.3  # in the title, and again in the text
FAMILY = 0.2
SERVER_STEMS = 0.2
COVERAGE = 3.0  # when every word is found
SEQUENCES = ("title_sequence", "body_sequence")
SHARED = frozenset({PUBLIC, MEMBERS})
PASSING, FAILING = "passing", "failing:"


def page_request(query: SearchQuery, asked: AskedQuery, *, hidden: Iterable[str] = ()) -> dict[str, Any]:
    """Return the request of one page of keys, in order.

    `hidden` are the keys of entries that fewer people may read than the index knows.
    """
    request = {
        "query": _matching(query, asked, hidden, narrowed=_chosen(query).values()),
        "from": (query.page - 1) * PAGE_SIZE,
        "size": PAGE_SIZE,
        "_source": False,
        "track_total_hits": False,
    }
    if asked.words and query.order == "pertinence":
        return request | {"rescore": {"window_size": WINDOW, "query": {"rescore_query": _finer(asked)}}}
    return request | {"sort": ORDERS.get(query.order, ORDERS["recent"])}


def counts_request(query: SearchQuery, asked: AskedQuery, *, hidden: Iterable[str] = ()) -> dict[str, Any]:
    """Return the request of the total, and of counts by facet that obey the other facets: see counts().

    The counts of a chosen facet are those of what passes every facet, and of what fails that one alone.
    """
    chosen = _chosen(query)
    parts = {PASSING: _counted("facets", _all(chosen.values()))}
    for name, one in chosen.items():
        if name not in EXCLUDING:
            parts[FAILING + name] = _counted(f"facets_apart.{name}", {"bool": {"must_not": one}})
    almost = [_any(chosen.values(), at_least=len(chosen) - 1)] if len(chosen) > 1 else []
    return {
        "query": _matching(query, asked, hidden, narrowed=almost),
        "aggs": parts,
        "size": 0,
        "track_total_hits": False,
    }


def counts(aggregations: Mapping[str, Any]) -> tuple[int, dict[str, dict[str, int]]]:
    """Return the total, and facet → value → count, from the aggregations of counts_request()."""
    found = Counter[str]()
    for part in aggregations.values():
        found.update({bucket["key"]: bucket["doc_count"] for bucket in part["values"]["buckets"]})
    return aggregations[PASSING]["doc_count"], by_facet(found)


def _counted(field: str, within: Clause) -> dict[str, Any]:
    """The values of a field, counted among what passes a filter."""
    return {"filter": within, "aggs": {"values": {"terms": {"field": field, "size": FACET_VALUES}}}}


def _chosen(query: SearchQuery) -> dict[str, Clause]:
    """Return the filter of each chosen facet."""
    return {name: _passing(name, values) for name, values in query.facets.items()}


def _passing(facet: str, values: Iterable[str]) -> Clause:
    holding = {"terms": {"facets": [f"{facet}:{value}" for value in values]}}
    return {"bool": {"must_not": holding}} if facet in EXCLUDING else holding


def _matching(query: SearchQuery, asked: AskedQuery, hidden: Iterable[str], narrowed: Iterable[Clause]) -> Clause:
    """Any of the words, all the phrases, none of the excluded wordings; what the reader may find."""
    phrases = [_any(_side_by_side(text, weight=1.0)) for text in asked.phrases]
    excluded = [found for text in asked.excluded for found in _side_by_side(text, weight=1.0)]
    return {
        "bool": {
            "must": [_any(map(_word, asked.words))] if asked.words else [],
            "filter": [_readable(query.principals), *phrases, *narrowed],
            "must_not": [*excluded, {"ids": {"values": sorted(hidden)}}],
        }
    }


def _readable(principals: frozenset[str]) -> Clause:
    """What these principals may read. Nearly everybody shares a few of them: the server keeps what those open."""
    shared, own = principals & SHARED, principals - SHARED
    return _any({"terms": {"principals": sorted(some)}} for some in (shared, own))


def _word(word: AskedWord) -> Clause:
    """The best counts of the terms of a word and of its synonyms."""
    own = [
        _any([_term("title_terms", term, TITLE_TERMS), _term("body_terms", term, BODY_TERMS)]) for term in word.terms
    ]
    others = [_any(_side_by_side(synonym.text, weight=synonym.weight)) for synonym in word.synonyms]
    return {"dis_max": {"queries": [*own, *others]}}


def _side_by_side(text: str, *, weight: float) -> list[Clause]:
    """The words of a text, in that order, in a title or in a text; nothing when it holds stop words only."""
    return [_phrase(field, " ".join(wanted), weight) for field in SEQUENCES if (wanted := sequence(text))]


def _finer(asked: AskedQuery) -> Clause:
    """What orders the best matches more finely."""
    stems = [word.terms[-1] for word in asked.words]
    share = COVERAGE / len(asked.words)
    return _any(
        [
            *(_term("lead_terms", term, LEAD) for word in asked.words for term in word.terms),
            *(_phrase(field, f"{one} {other}", PAIR) for one, other in pairwise(stems) for field in SEQUENCES),
            *(
                _term(field, root, FAMILY)
                for root in dict.fromkeys(roots(stems))
                for field in ("title_roots", "body_roots")
            ),
            *({"constant_score": {"filter": _anywhere(word.terms), "boost": share}} for word in asked.words),
            {"match": {"french": {"query": as_read(asked.text), "boost": SERVER_STEMS}}},
        ]
    )


def _anywhere(terms: Iterable[str]) -> Clause:
    return _any({"terms": {field: list(terms)}} for field in ("title_terms", "body_terms"))


def _all(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"filter": list(clauses)}}


def _any(clauses: Iterable[Clause], *, at_least: int = 1) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": at_least}}


def _term(field: str, term: str, boost: float) -> Clause:
    return {"term": {field: {"value": term, "boost": boost}}}


def _phrase(field: str, words: str, boost: float) -> Clause:
    return {"match_phrase": {field: {"query": words, "boost": boost}}}
