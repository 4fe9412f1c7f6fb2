"""A search, in the words of Elasticsearch: two requests, sent together.

One finds the page. Whatever holds one of the words matches, ranked by BM25 of the title plus BM25 of the text. A first
page holds what surely answers, then what may help too: being sure is worth more than any score, so that the server
passes over the others once sure answers fill the page. The best matches are then ordered
more finely (rescored): the opening of the text, two words of the query side by side, the family of a word, the server's
own stems, the share of the words found. Weights were chosen on judged searches: docs/elasticsearch.md.

The other counts, in one pass and without scores. It returns no hit, so the server keeps its answer until something
changes: whoever may read the same things and asks the same has it at once, whatever the page and the order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from kb_site.accounts.principals import MEMBERS, PUBLIC

from ...facets import EXCLUDING, asked_tokens, by_facet
from ...french import as_read
from ...meaning import answering
from ...meaning.constraints import Understood
from ...queries import PAGE_SIZE, SearchQuery
from ...query_parsing import AskedQuery, AskedWord
from ..interface import shows_near
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
ROUNDING = 1e-4  # scores there are floats of four bytes
SHARED = frozenset({PUBLIC, MEMBERS})
PASSING, FAILING = "passing", "failing:"
SURE = "sure"
ABOVE_ALL = 1000.0  # more than words can be worth; floats of four bytes still tell scores apart beside it


def page_request(query: SearchQuery, asked: AskedQuery, *, hidden: Iterable[str] = ()) -> dict[str, Any]:
    """Return the request of one page of keys, in order: those that surely answer, then on a first page the others that
    match. See page_keys().

    `hidden` are the keys of entries that fewer people may read than the index knows.
    """
    beside, sure = shows_near(query, asked, 0), _sure(asked)
    filters = [*_chosen(query).values(), *([] if beside else sure)]
    preferred = [_constant(one, ABOVE_ALL, name=SURE) for one in sure if beside]
    request = {
        "query": _matching(query, asked, hidden, narrowed=filters, preferred=preferred),
        "from": (query.page - 1) * PAGE_SIZE,
        "size": PAGE_SIZE + (query.most_near if beside else 0),
        "_source": False,
        "track_total_hits": False,
    }
    if asked.words and query.order == "pertinence":
        return request | {"rescore": {"window_size": WINDOW, "query": {"rescore_query": _finer(asked)}}}
    return request | {"sort": ORDERS.get(query.order, ORDERS["recent"])}


def page_keys(query: SearchQuery, asked: AskedQuery, answer: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the keys of what surely answers, and of what may help too, from the answer to page_request()."""
    hits = answer["hits"]["hits"]
    if not shows_near(query, asked, 0):
        return [hit["_id"] for hit in hits], []
    sure = [hit["_id"] for hit in hits if SURE in hit.get("matched_queries", ())]
    others = [hit["_id"] for hit in hits if SURE not in hit.get("matched_queries", ())]
    return sure[:PAGE_SIZE], others[: query.most_near]


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
        "query": _matching(query, asked, hidden, narrowed=[*almost, *_sure(asked)]),
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
    holding = {"terms": {"facets": asked_tokens(facet, values)}}
    return {"bool": {"must_not": holding}} if facet in EXCLUDING else holding


def _matching(
    query: SearchQuery,
    asked: AskedQuery,
    hidden: Iterable[str],
    *,
    narrowed: Iterable[Clause],
    preferred: Iterable[Clause] = (),
) -> Clause:
    """What answers any of what is asked, all the phrases, none of the excluded wordings; what the reader may find."""
    phrases = [_any(_side_by_side(text, weight=1.0)) for text in asked.phrases]
    excluded = [found for text in asked.excluded for found in _side_by_side(text, weight=1.0)]
    suited, led = (
        list(_suited(asked, answering.boost(asked) * answering.SUIT_BOOST)),
        list(_led(asked, answering.boost(asked) * answering.LEAD_BOOST)),
    )
    aside = [_boosted(_word(word), answering.ASIDE) for word in asked.words if word.aside]
    subject = [_word(word) for word in asked.subject]
    wanted = [*(subject or aside), *led, *suited]
    return {
        "bool": {
            "must": [_any(wanted)] if asked.words else [],
            "should": [*preferred, *(aside if subject else [])],
            "filter": [_readable(query.principals), *phrases, *narrowed],
            "must_not": [*excluded, *map(_contradicts, asked.constraints), {"ids": {"values": sorted(hidden)}}],
        }
    }


def _contradicts(constraint: Understood) -> Clause:
    return {"bool": {"filter": [_bears(constraint.contradicts)], "must_not": [_bears(constraint.suits)]}}


def _bears(values: Iterable[str]) -> Clause:
    return {"terms": {"facets": sorted(values)}}


def _suited(asked: AskedQuery, worth: float) -> Iterator[Clause]:
    """What suits the constraints: all of them are worth this much."""
    share = worth / len(asked.constraints or (0,))
    for constraint in asked.constraints:
        suits, contradicts = _bears(constraint.suits), _bears(constraint.contradicts)
        yield _constant(suits, share * answering.HALF_SUITED)
        yield _constant({"bool": {"filter": [suits], "must_not": [contradicts]}}, share * (1 - answering.HALF_SUITED))


def _led(asked: AskedQuery, worth: float) -> Iterator[Clause]:
    """Where the needs lead, the best of several ways: a need fully said is worth this much."""
    ways = [
        _constant(
            {"term": {"facets": lead.token}} if lead.token else {"ids": {"values": [lead.key]}}, worth * lead.share
        )
        for lead in answering.leads(asked)
    ]
    if ways:
        yield {"dis_max": {"queries": ways}}


def _sure(asked: AskedQuery) -> list[Clause]:
    """What answers enough of what is asked (meaning/answering.py); without words, whatever there is."""
    if not asked.words:
        return []
    counted = asked.subject or asked.words
    total = sum(answering.weight_of(asked, word) for word in counted)
    answered = [_any(_told(word, answering.weight_of(asked, word) / total) for word in counted), *_led(asked, 1.0)]
    if not asked.subject and asked.constraints:
        answered.append(_any(_suited(asked, 1.0)))
    return [
        {
            "function_score": {
                "query": {"dis_max": {"queries": answered}},
                "min_score": answering.floor(asked) - ROUNDING,
            }
        }
    ]


def _told(word: AskedWord, worth: float) -> Clause:
    """How far an entry is about a word, which is worth this much. Terms that are worth the same are looked up together."""
    single: dict[float, list[str]] = defaultdict(list)
    ways: list[Clause] = []
    for terms, weight in [
        *(((term,), 1.0) for term in word.terms),
        *((one.terms, one.weight) for one in word.synonyms),
    ]:
        share = worth * answering.credit(weight)
        if len(terms) == 1:
            single[share].append(terms[0])
        elif terms:
            ways += [
                _constant(_all({"term": {"about_terms": term}} for term in terms), share),
                _constant(_all(_anywhere([term]) for term in terms), share * answering.MENTIONED),
            ]
    for share, terms_ in single.items():  # a title is part of what an entry is about: its text alone mentions
        ways += [
            _constant({"terms": {"about_terms": terms_}}, share),
            _constant({"terms": {"body_terms": terms_}}, share * answering.MENTIONED),
        ]
    return {"dis_max": {"queries": ways}}


def _constant(clause: Clause, worth: float, *, name: str = "") -> Clause:
    return {"constant_score": {"filter": clause, "boost": worth} | ({"_name": name} if name else {})}


def _boosted(clause: Clause, factor: float) -> Clause:
    return {"bool": {"must": [clause], "boost": factor}}


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
