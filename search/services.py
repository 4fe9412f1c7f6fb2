"""The one way in for every view that searches."""

from dataclasses import replace
from typing import Any

from .engines import Engine, SearchResults
from .engines.postgresql import PostgresqlEngine
from .entries import visible_keys
from .queries import SearchQuery


def run_search(query: SearchQuery, *, user: Any, engine: Engine | None = None) -> SearchResults:
    """Search, and check again on the things themselves that this person may read each hit."""
    results = (engine or PostgresqlEngine()).search(query)
    if not results.hits:
        return results
    allowed = visible_keys([hit.entry.key for hit in results.hits], user)
    return replace(results, hits=[hit for hit in results.hits if hit.entry.key in allowed])
