"""The one way in for every view that searches."""

from dataclasses import replace
from typing import Any

from .corrections import corrected
from .engines import Engine, SearchResults
from .engines.postgresql import PostgresqlEngine
from .entries import visible_keys
from .index.lexicon import look_up
from .queries import SearchQuery
from .synonyms import with_synonyms
from .words import AskedQuery, read_query


def understand(query: SearchQuery) -> tuple[AskedQuery, str]:
    """Return what is asked, the same for every engine, and the corrected text ("" when every word is known)."""
    asked = _read(query.text, query)
    unknown = [word.terms for word in asked.words if not word.synonyms and not asked.lexicon.visible & {*word.terms}]
    if query.exact or not unknown:
        return asked, ""
    correction = corrected(query.text, unknown, query.principals)
    return (_read(correction, query), correction) if correction else (asked, "")


def _read(text: str, query: SearchQuery) -> AskedQuery:
    asked = with_synonyms(read_query(text))
    return replace(asked, lexicon=look_up(asked.marked_terms, query.principals)) if asked.words else asked


def run_search(query: SearchQuery, *, user: Any, engine: Engine | None = None) -> SearchResults:
    """Search, and check again on the things themselves that this person may read each hit."""
    results = answer(query, engine or PostgresqlEngine())
    if not results.hits:
        return results
    allowed = visible_keys([hit.entry.key for hit in results.hits], user)
    return replace(results, hits=[hit for hit in results.hits if hit.entry.key in allowed])


def answer(query: SearchQuery, engine: Engine) -> SearchResults:
    """Return what an engine finds, before the second check of rights: for run_search() and for measures."""
    asked, correction = understand(query)
    return replace(engine.search(query, asked), correction=correction)
