"""A search, in the words of Elasticsearch.

Whatever holds one of the words matches, ranked by BM25 of the title plus BM25 of the text. The best matches are then
ordered more finely (rescored): the opening of the text, two words of the query side by side, the family of a word, the
server's own stems, the share of the words found. Weights were chosen on judged searches: docs/elasticsearch.md.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from elasticsearch.dsl import A, Search
from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Ids, Match, MatchAll, MatchPhrase, Query, Term, Terms

from ...facets import EXCLUDING
from ...queries import PAGE_SIZE, SearchQuery
from ...words import AskedQuery, AskedWord
from .documents import roots, sequence

FACET_VALUES = 500  # counted in one aggregation; the facets are closed lists and curated themes
WINDOW = 100  # how many of the best are ordered more finely
ORDERS: dict[str, tuple[dict[str, Any], ...]] = {
    "recent": ({"updated_at": "desc"}, {"key": "asc"}),
    "preuve": ({"evidence_rank": "desc"}, {"_score": "desc"}, {"updated_at": "desc"}, {"key": "asc"}),
    "titre": ({"title_order": "asc"}, {"key": "asc"}),
}
TITLE_TERMS, BODY_TERMS = 1.1, 1.0
LEAD = 0.3
PAIR = 0.3  # in the title, and again in the text
FAMILY = 0.2
SERVER_STEMS = 0.2
COVERAGE = 3.0  # when every word is found
SEQUENCES = ("title_sequence", "body_sequence")


def build(query: SearchQuery, asked: AskedQuery, *, hidden: Iterable[str] = ()) -> Search[Any]:
    """Return the request: one page of keys, the total, and counts by facet that obey the other facets.

    `hidden` are the keys of entries that fewer people may read than the index knows.
    """
    chosen = {name: _passing(name, values) for name, values in query.facets.items()}
    search: Search[Any] = Search().query(_matching(asked, query.principals, hidden))
    if chosen:
        search = search.post_filter(_all(chosen.values()))
    every_value = A("terms", field="facets", size=FACET_VALUES)
    search.aggs.bucket("passing", "filter", filter=_all(chosen.values())).bucket("values", every_value)
    for name in chosen:
        others = _all(one for other, one in chosen.items() if other != name)
        own_values = A("terms", field="facets", size=FACET_VALUES, include=f"{name}:.*")
        search.aggs.bucket(f"own:{name}", "filter", filter=others).bucket("values", own_values)
    if asked.words and query.order == "pertinence":
        search = search.extra(rescore={"window_size": WINDOW, "query": {"rescore_query": _finer(asked).to_dict()}})
    else:
        search = search.sort(*ORDERS.get(query.order, ORDERS["recent"]))
    start = (query.page - 1) * PAGE_SIZE
    return search.extra(track_total_hits=True).source(False)[start : start + PAGE_SIZE]


def facet_counts(query: SearchQuery, aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Return facet → value → count from the aggregations of build()."""
    facets: dict[str, dict[str, int]] = {}
    for part, answer in aggregations.items():
        for bucket in answer["values"]["buckets"]:
            name, _colon, value = bucket["key"].partition(":")
            if name not in EXCLUDING and (part == f"own:{name}" or (part == "passing" and name not in query.facets)):
                facets.setdefault(name, {})[value] = bucket["doc_count"]
    return facets


def _passing(facet: str, values: Iterable[str]) -> Query:
    holding = Terms(facets=[f"{facet}:{value}" for value in values])
    return Bool(must_not=[holding]) if facet in EXCLUDING else holding


def _all(filters: Iterable[Query]) -> Query:
    return Bool(filter=list(filters)) or MatchAll()


def _matching(asked: AskedQuery, principals: frozenset[str], hidden: Iterable[str]) -> Query:
    """Any of the words, all the phrases, none of the excluded wordings; what the reader may find."""
    phrases = [Bool(should=_side_by_side(text, weight=1.0)) for text in asked.phrases]
    excluded = [found for text in asked.excluded for found in _side_by_side(text, weight=1.0)]
    return Bool(
        must=[Bool(should=[_word(word) for word in asked.words])] if asked.words else [MatchAll()],
        filter=[Terms(principals=sorted(principals)), *phrases],
        must_not=[*excluded, Ids(values=list(hidden))],
    )


def _word(word: AskedWord) -> Query:
    """The best counts of the terms of a word and of its synonyms."""
    own = [
        Bool(should=[_term("title_terms", term, TITLE_TERMS), _term("body_terms", term, BODY_TERMS)])
        for term in word.terms
    ]
    others = [Bool(should=_side_by_side(synonym.text, weight=synonym.weight)) for synonym in word.synonyms]
    return DisMax(queries=[*own, *others])


def _side_by_side(text: str, *, weight: float) -> list[Query]:
    """The words of a text, in that order, in a title or in a text; nothing when it holds stop words only."""
    return [_phrase(field, " ".join(wanted), weight) for field in SEQUENCES if (wanted := sequence(text))]


def _finer(asked: AskedQuery) -> Query:
    """What orders the best matches more finely."""
    stems = [word.terms[-1] for word in asked.words]
    share = COVERAGE / len(asked.words)
    return Bool(
        should=[
            *(_term("lead_terms", term, LEAD) for word in asked.words for term in word.terms),
            *(_phrase(field, f"{one} {other}", PAIR) for one, other in pairwise(stems) for field in SEQUENCES),
            *(
                _term(field, root, FAMILY)
                for root in dict.fromkeys(roots(stems))
                for field in ("title_roots", "body_roots")
            ),
            *(ConstantScore(filter=_anywhere(list(word.terms)), boost=share) for word in asked.words),
            Match(french={"query": asked.text, "boost": SERVER_STEMS}),
        ]
    )


def _anywhere(terms: list[str]) -> Query:
    return Bool(should=[Terms(title_terms=terms), Terms(body_terms=terms)])


def _term(field: str, term: str, boost: float) -> Query:
    return Term(**{field: {"value": term, "boost": boost}})


def _phrase(field: str, words: str, boost: float) -> Query:
    return MatchPhrase(**{field: {"query": words, "boost": boost}})
