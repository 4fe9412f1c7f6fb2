"""The one way in for every view that searches."""

from dataclasses import replace
from typing import Any

from .engines import Engine, SearchResults
from .engines.postgresql import PostgresqlEngine
from .entries import visible_keys
from .queries import SearchQuery
from .synonyms import with_synonyms
from .words import AskedQuery, read_query


def understand(query: SearchQuery) -> tuple[AskedQuery, str]:
    """Return what is asked, the same for every engine, and the corrected text ("" when every word is known)."""
    return with_synonyms(read_query(query.text)), ""


def run_search(query: SearchQuery, *, user: Any, engine: Engine | None = None) -> SearchResults:
    """Search, and check again on the things themselves that this person may read each hit."""
    asked, correction = understand(query)
    results = replace((engine or PostgresqlEngine()).search(query, asked), correction=correction)
    if not results.hits:
        return results
    allowed = visible_keys([hit.entry.key for hit in results.hits], user)
    return replace(results, hits=[hit for hit in results.hits if hit.entry.key in allowed])
