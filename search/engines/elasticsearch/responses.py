"""A search answered by Elasticsearch, as long as it is well."""

import logging

from django.conf import settings

from kb_site.circuit_breaker import CircuitBreaker

from ...queries import SearchQuery
from ...query_parsing import AskedQuery
from ..interface import EngineUnavailable, RequestRefused, SearchResults, engine_named
from . import outbox
from .models import Failure

breaker = CircuitBreaker()
log = logging.getLogger(__name__)


def answer(query: SearchQuery, asked: AskedQuery) -> SearchResults | None:
    """Return its answer; None when it is not in use, or down, slow or failing: PostgreSQL knows as much and answers."""
    pause = settings.ELASTICSEARCH_RETRY_AFTER
    if not settings.ELASTICSEARCH_URL or not breaker.lets_through(pause):
        return None
    hidden = outbox.hidden_keys()
    if len(hidden) > outbox.MAX_HIDDEN:
        return None
    try:
        results: SearchResults = engine_named("elasticsearch").search(query, asked, hidden=hidden)
    except RequestRefused:
        log.exception("Elasticsearch refused a search")
        return None
    except EngineUnavailable as error:
        if breaker.failed(pause):
            outbox.note_failure(Failure.During.SEARCH, error)
        return None
    if breaker.succeeded():
        log.warning("Elasticsearch answers again")
    return results
