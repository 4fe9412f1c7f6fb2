"""The one way in for every view that searches, whichever engine answers."""

from dataclasses import replace
from typing import Any

from kb_site.kept.dependencies import rows_of
from search.index.lexicon import look_up

from .corrections import Correction, corrected
from .editor_rules import EditorRules, kept_editor_rules, read_editor_rules
from .engines.interface import Engine, SearchResults, first_answer
from .engines.postgresql import PostgresqlEngine
from .entries import visible_keys
from .meaning.needs import may_be_said
from .meaning.understanding import with_meaning
from .queries import SearchQuery
from .query_parsing import AskedQuery, read_query
from .synonyms import with_synonyms


def understand(query: SearchQuery) -> tuple[AskedQuery, Correction]:
    """Return what is asked, the same for every engine, and what was corrected in it."""
    asked = read_query(query.text)
    if not asked.words:
        return asked, Correction()
    rules, read = kept_editor_rules(), asked
    asked = _look_up(read, rules, query)
    if asked.lexicon.rules != rules.version:  # an editor changed something since
        rules = read_editor_rules()
        asked = _look_up(read, rules, query)
    unknown = [word.terms for word in asked.words if not word.synonyms and not asked.lexicon.visible & {*word.terms}]
    correction = Correction() if query.exact or not unknown else corrected(query.text, unknown, query.principals)
    if correction.made:
        asked = _look_up(read_query(correction.made), rules, query)
    return with_meaning(asked, rules.knowledge, ignored=query.ignored), correction


def _look_up(read: AskedQuery, rules: EditorRules, query: SearchQuery) -> AskedQuery:
    """Return the query with its equivalent wordings and what the index knows of all its words (one query)."""
    asked = with_synonyms(read, rules.groups)
    keys = [key for need in may_be_said(asked, rules.knowledge) for key in need.cards]
    return replace(asked, lexicon=look_up(asked.terms, query.principals, keys))


def run_search(
    query: SearchQuery, *, user: Any, engine: Engine | None = None, asked: AskedQuery | None = None
) -> SearchResults:
    """Search, and check again on the things themselves that this person may read each hit.

    `asked` is the text of the query where an earlier search of this person has read it.
    """
    results = answer(query, engine, asked)
    shown = [*results.hits, *results.near]
    if not shown:
        return results
    allowed = visible_keys([hit.entry.key for hit in shown], user)
    hits, near = ([hit for hit in some if hit.entry.key in allowed] for some in (results.hits, results.near))
    return replace(results, hits=hits, near=near)


# What is found, row by row: each tells of which kinds its rows change (migration 0007).
TABLES = ("findable_searchentry", "search_index_indexedentry", "search_index_entrywords", "search_index_posting")


def run_list(query: SearchQuery, kinds: tuple[str, ...], *, user: Any) -> SearchResults:
    """Return what a list of these kinds holds. Without words nothing of the other kinds weighs on it, but in its counts by
    kind, which no list shows: what is kept of it stays while the others change."""
    within = replace(query, facets=query.facets | {"type": kinds})
    if query.text:
        return run_search(within, user=user)
    with rows_of(TABLES, *kinds):
        return run_search(within, user=user)


def answer(query: SearchQuery, engine: Engine | None = None, asked: AskedQuery | None = None) -> SearchResults:
    """Return what is found, before the second check of rights: for run_search() and for measures.

    Without a given engine, the one that is asked first answers where it is in use; PostgreSQL does everywhere else.
    """
    asked, correction = (asked, Correction()) if asked else understand(query)
    results = engine.search(query, asked) if engine else first_answer(query, asked)
    return replace(
        results or PostgresqlEngine().search(query, asked),
        asked=asked,
        correction=correction.made,
        offer=correction.offered,
    )
