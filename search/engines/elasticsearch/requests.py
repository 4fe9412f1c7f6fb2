"""A search, written in the words of Elasticsearch.

Relevance is BM25 of the title plus BM25 of the body, then small additions: the opening of the text, two words of the
query side by side, the family of a word, the server's own stems, the share of the words found. Weights were chosen on
judged searches, by halves (docs/elasticsearch.md).
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from elasticsearch.dsl import A, Search
from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Ids, Match, MatchAll, MatchPhrase, Query, Term, Terms

from ...queries import PAGE_SIZE, SearchQuery
from ...words import AskedQuery, AskedWord
from .documents import roots, sequence

WINDOW = 100
FACET_VALUES = 500  # counted in one aggregation; the facets are closed lists and curated themes
ORDERS: dict[str, list[dict[str, str]]] = {
    "pertinence": [{"_score": "desc"}, {"updated_at": "desc"}, {"key": "asc"}],
    "recent": [{"updated_at": "desc"}, {"key": "asc"}],
    "preuve": [{"evidence_rank": "desc"}, {"_score": "desc"}, {"updated_at": "desc"}, {"key": "asc"}],
    "titre": [{"title_order": "asc"}, {"key": "asc"}],
}
WEIGHTS = {
    "title_terms": 1.0,
    "body_terms": 1.0,
    "lead_terms": 0.2,
    "title_sequence": 0.2,
    "body_sequence": 0.2,
    "title_roots": 0.3,
    "body_roots": 0.2,
    "title_french": 0.0,
    "body_french": 0.0,
    "coverage": 2.0,
    "near": 0.0,
    "whole": 0.0,
}


def build(query: SearchQuery, asked: AskedQuery, *, hidden: Iterable[str]) -> Search[Any]:
    """Return the request: one page of keys, the total, and counts by facet that obey the other facets.

    `hidden` are the keys that the index may still show to too many (see search/indexing).
    """
    filters = {name: _one_of("facets", [f"{name}:{value}" for value in values]) for name, values in query.facets.items()}
    search: Search[Any] = Search().query(_matching(asked, query.principals, hidden))
    if filters:
        search = search.post_filter(Bool(filter=list(filters.values())))
    search.aggs.bucket("passing", "filter", filter=_all(filters)).bucket("values", "terms", field="facets", size=FACET_VALUES)
    for name in filters:
        others = _all({other: one for other, one in filters.items() if other != name})
        search.aggs.bucket(f"own:{name}", "filter", filter=others).bucket(
            "values", A("terms", field="facets", size=FACET_VALUES, include=f"{name}:.*")
        )
    start = (query.page - 1) * PAGE_SIZE
    if asked.words and query.order == "pertinence":
        search = search.extra(rescore={"window_size": WINDOW, "query": {"rescore_query": _refinement(asked).to_dict()}})
        return search.extra(track_total_hits=True).source(False)[start : start + PAGE_SIZE]
    return search.extra(track_total_hits=True).source(False).sort(*ORDERS[query.order])[start : start + PAGE_SIZE]


def facet_counts(query: SearchQuery, aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Return facet → value → count from the aggregations of build()."""
    facets: dict[str, dict[str, int]] = {}
    for part, answer in aggregations.items():
        own = part.removeprefix("own:")
        for bucket in answer["values"]["buckets"]:
            name, _colon, value = bucket["key"].partition(":")
            if (part == "passing" and name not in query.facets) or own == name:
                facets.setdefault(name, {})[value] = bucket["doc_count"]
    return facets


def _one_of(field: str, values: list[str]) -> Query:
    return Terms(**{field: values})


def _all(filters: Mapping[str, Query]) -> Query:
    return Bool(filter=list(filters.values())) if filters else MatchAll()


def _matching(asked: AskedQuery, principals: frozenset[str], hidden: Iterable[str]) -> Query:
    required = [Bool(should=_phrases(phrase, {"title_sequence": 1.0, "body_sequence": 1.0})) for phrase in asked.phrases]
    excluded = [phrase for text in asked.excluded for phrase in _phrases(text, dict.fromkeys(_SEQUENCES, 1.0))]
    hidden = list(hidden)
    return Bool(
        must=[_words(asked)] if asked.words else [],
        filter=[_one_of("principals", sorted(principals)), *required],
        must_not=[*excluded, *([Ids(values=hidden)] if hidden else [])],
    )


_SEQUENCES = ("title_sequence", "body_sequence")


def _phrases(text: str, weights: Mapping[str, float]) -> list[Query]:
    wanted = " ".join(sequence(text))
    return [MatchPhrase(**{field: {"query": wanted, "boost": weight}}) for field, weight in weights.items() if wanted]


def _words(asked: AskedQuery) -> Query:
    """Any word makes a match: the best of its terms and synonyms counts."""
    return Bool(should=[_word(word) for word in asked.words])


def _word(word: AskedWord) -> Query:
    own = [_term(term, FIRST, 1.0) for term in word.terms]
    others = [
        Bool(should=_phrases(synonym.text, {field: synonym.weight for field in _SEQUENCES})) for synonym in word.synonyms
    ]
    return DisMax(queries=[*own, *others])


def _term(term: str, fields: Iterable[str], weight: float) -> Query:
    return Bool(should=[Term(**{field: {"value": term, "boost": weight * WEIGHTS[field]}}) for field in fields if WEIGHTS[field]])


FIRST = ("title_terms", "body_terms")


def _refinement(asked: AskedQuery) -> Query:
    """What orders the best matches more finely; it finds nothing by itself."""
    stems = [word.terms[-1] for word in asked.words]
    share = WEIGHTS["coverage"] / len(asked.words)
    lead = [DisMax(queries=[_term(term, ["lead_terms"], 1.0) for term in word.terms]) for word in asked.words]
    found = [ConstantScore(filter=Terms(body_terms=list(word.terms)), boost=share) for word in asked.words]
    pairs = [
        MatchPhrase(**{field: {"query": f"{one} {other}", "boost": WEIGHTS[field]}})
        for one, other in pairwise(stems)
        for field in _SEQUENCES
    ]
    near = [
        MatchPhrase(**{field: {"query": f"{one} {other}", "boost": WEIGHTS["near"], "slop": 5}})
        for one, other in pairwise(stems)
        for field in ["body_sequence"]
    ]if WEIGHTS["near"] else []
    whole = [MatchPhrase(title_sequence={"query": " ".join(stems), "boost": WEIGHTS["whole"], "slop": 2})]if WEIGHTS["whole"] else []
    families = [
        Term(**{field: {"value": root, "boost": WEIGHTS[field]}})
        for root in dict.fromkeys(roots(stems))
        for field in ("title_roots", "body_roots")
    ]
    server = [
        Match(**{field: {"query": asked.text, "boost": WEIGHTS[field]}}) for field in ("title_french", "body_french") if WEIGHTS[field]
    ]
    return Bool(should=[*lead, *found, *pairs, *families, *server, *near, *whole])
