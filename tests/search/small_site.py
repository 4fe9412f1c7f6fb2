"""A few entries of one's own in an index, with either engine."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from search.engines.elasticsearch import outbox as indexing
from search.engines.interface import Engine, SearchResults
from search.engines.postgresql import PostgresqlEngine
from search.entries import forget_all
from search.index import snapshots
from search.models import Constraint, Need, SearchEntry
from search.queries import SearchQuery
from search.query_parsing import AskedQuery
from search.services import understand

PUBLIC = frozenset({"public"})
LONG_AGO = timezone.now() - timedelta(days=365)


class InColumns(PostgresqlEngine):
    """PostgreSQL with a snapshot before each search: everything is read in columns, where it else is in rows."""

    def search(self, query: SearchQuery, asked: AskedQuery) -> SearchResults:
        snapshots.take()
        return super().search(query, asked)


class SmallSite:
    """Entries that a test adds, changes and removes, as the site does: rows first, then the engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        forget_all()
        for model in (Constraint, Need):  # those of the sample content are of its pages
            model.objects.all().delete()
        if self.on_elasticsearch:
            indexing.rebuild()

    @property
    def on_elasticsearch(self) -> bool:
        return not isinstance(self.engine, PostgresqlEngine)

    @transaction.atomic
    def add(self, key: str, **values: Any) -> SearchEntry:
        """Add or change the entry of this key."""
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
        PostgresqlEngine().put([entry])  # always: queries are read, and corrected, with what it knows
        if self.on_elasticsearch:
            indexing.record([key])
        return entry

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
