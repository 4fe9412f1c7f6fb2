"""The one way in for every view that searches, whichever engine answers."""

import logging
from dataclasses import replace
from typing import Any

from django.conf import settings

from kb_site.breaker import Breaker

from .corrections import corrected
from .engines import Engine, EngineUnavailable, RequestRefused, SearchResults
from .engines.postgresql import PostgresqlEngine
from .entries import visible_keys
from .index.lexicon import look_up
from .indexing import services as indexing
from .indexing.models import Failure
from .queries import SearchQuery
from .synonyms import Wordings, all_wordings, with_synonyms
from .words import AskedQuery, read_query

breaker = Breaker()
log = logging.getLogger(__name__)


def understand(query: SearchQuery) -> tuple[AskedQuery, str]:
    """Return what is asked, the same for every engine, and the corrected text ("" when every word is known)."""
    wordings = all_wordings()  # read once, and only when there are words
    asked = _read(query.text, query, wordings)
    unknown = [word.terms for word in asked.words if not word.synonyms and not asked.lexicon.visible & {*word.terms}]
    if query.exact or not unknown:
        return asked, ""
    correction = corrected(query.text, unknown, query.principals)
    return (_read(correction, query, wordings), correction) if correction else (asked, "")


def _read(text: str, query: SearchQuery, wordings: Wordings) -> AskedQuery:
    asked = with_synonyms(read_query(text), wordings)
    return replace(asked, lexicon=look_up(asked.terms, query.principals)) if asked.words else asked


def run_search(
    query: SearchQuery, *, user: Any, engine: Engine | None = None, asked: AskedQuery | None = None
) -> SearchResults:
    """Search, and check again on the things themselves that this person may read each hit.

    `asked` is the text of the query where an earlier search of this person has read it.
    """
    results = answer(query, engine, asked)
    if not results.hits:
        return results
    allowed = visible_keys([hit.entry.key for hit in results.hits], user)
    return replace(results, hits=[hit for hit in results.hits if hit.entry.key in allowed])


def answer(query: SearchQuery, engine: Engine | None = None, asked: AskedQuery | None = None) -> SearchResults:
    """Return what is found, before the second check of rights: for run_search() and for measures.

    Without a given engine, Elasticsearch answers where it is in use; PostgreSQL does everywhere else.
    """
    asked, correction = (asked, "") if asked else understand(query)
    results = engine.search(query, asked) if engine else _from_elasticsearch(query, asked)
    return replace(results or PostgresqlEngine().search(query, asked), asked=asked, correction=correction)


def _from_elasticsearch(query: SearchQuery, asked: AskedQuery) -> SearchResults | None:
    """Return its answer; None when it is not in use, or down, slow or failing: PostgreSQL knows as much and answers."""
    pause = settings.ELASTICSEARCH_RETRY_AFTER
    if not settings.ELASTICSEARCH_URL or not breaker.lets_through(pause):
        return None
    from .engines.elasticsearch import ElasticsearchEngine  # a process without Elasticsearch spares its client's weight

    hidden = indexing.hidden_keys()
    if len(hidden) > indexing.MAX_HIDDEN:
        return None
    try:
        results = ElasticsearchEngine().search(query, asked, hidden=hidden)
    except RequestRefused:
        log.exception("Elasticsearch refused a search")
        return None
    except EngineUnavailable as error:
        if breaker.failed(pause):
            indexing.note_failure(Failure.During.SEARCH, error)
        return None
    if breaker.succeeded():
        log.warning("Elasticsearch answers again")
    return results
