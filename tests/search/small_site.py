"""A few entries of one's own in an index, with either engine."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from kb_site.given_addresses.models import GivenAddress
from search.engines.elasticsearch import outbox as indexing
from search.engines.interface import Engine, SearchResults
from search.engines.postgresql import PostgresqlEngine
from search.entries import forget_all
from search.index import snapshots
from search.models import Constraint, Need, NeedCard, SearchEntry
from search.queries import SearchQuery
from search.query_parsing import AskedQuery
from search.services import understand

PUBLIC = frozenset({"public"})
LONG_AGO = timezone.now() - timedelta(days=365)


def forget_the_sample() -> None:
    """Empty the index, and what editors know of constraints and needs, which are of pages of the sample.

    In SQL alone: Wagtail would be told of each row, a second for each test.
    """
    forget_all()
    for model in (NeedCard, Need, Constraint):
        model._default_manager.all()._raw_delete(connection.alias)
    GivenAddress.objects.filter(kind=Constraint.address_kind)._raw_delete(connection.alias)


class InColumns(PostgresqlEngine):
    """PostgreSQL with a snapshot before each search: everything is read in columns, where it else is in rows."""

    def search(self, query: SearchQuery, asked: AskedQuery) -> SearchResults:
        snapshots.take()
        return super().search(query, asked)


class SmallSite:
    """Entries that a test adds, changes and removes, as the site does: rows first, then the engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        forget_the_sample()
        if self.on_elasticsearch:
            indexing.rebuild()

    @property
    def on_elasticsearch(self) -> bool:
        return not isinstance(self.engine, PostgresqlEngine)

    def add(self, key: str, **values: Any) -> SearchEntry:
        """Add or change the entry of this key."""
        (entry,) = self.add_all({key: values})
        return entry

    @transaction.atomic
    def add_all(self, entries: Mapping[str, dict[str, Any]]) -> list[SearchEntry]:
        """Add or change the entries of these keys, read into the index together."""
        made = []
        for key, values in entries.items():
            defaults = {
                "kind": "pratique",
                "title": key,
                "url": f"/{key}/",
                "principals": ["public"],
                "published_at": LONG_AGO,
                "updated_at": LONG_AGO,
            }
            entry, _created = SearchEntry.objects.update_or_create(
                key=key, defaults=values, create_defaults=defaults | values
            )
            made.append(entry)
        PostgresqlEngine().put(made)  # always: queries are read, and corrected, with what it knows
        if self.on_elasticsearch:
            indexing.record(list(entries))
        return made

    @transaction.atomic
    def remove(self, key: str) -> None:
        for entry in SearchEntry.objects.select_for_update().filter(key=key):
            entry.delete()
        if self.on_elasticsearch:
            indexing.record([key], hides=True)

    def settle(self) -> None:
        """Let what was written reach the index, and be seen there."""
        if self.on_elasticsearch:
            from search.engines.elasticsearch.connection import client
            from search.engines.elasticsearch.documents import read_alias

            indexing.push()
            client().indices.refresh(index=read_alias())

    def search(self, text: str = "", *, principals: frozenset[str] = PUBLIC, **asked: Any) -> SearchResults:
        """Return what the engine itself answers: no second check on the things themselves hides its mistakes."""
        self.settle()
        query = SearchQuery(text=text, principals=principals, **asked)
        return self.engine.search(query, understand(query)[0])

    def keys(self, text: str = "", **asked: Any) -> list[str]:
        """Return what is shown: what is sure, then what may help too."""
        found = self.search(text, **asked)
        return [hit.entry.key for hit in (*found.hits, *found.near)]

    def sure(self, text: str = "", **asked: Any) -> list[str]:
        return [hit.entry.key for hit in self.search(text, **asked).hits]

    def near(self, text: str = "", **asked: Any) -> list[str]:
        return [hit.entry.key for hit in self.search(text, **asked).near]
