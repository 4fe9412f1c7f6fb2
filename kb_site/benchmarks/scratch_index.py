"""A scratch index beside the site's: same tables, same engine, another schema. For measures, never for visitors."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from kb_site.embedded_postgresql.server import create_database
from kb_site.helplines.services import ensure_helplines
from search.engines.interface import Engine, engine_named
from search.engines.postgresql import PostgresqlEngine
from search.models import SearchEntry
from search.models import index as index_models

PREFIX = "search_scratch_"
_TABLES = [SearchEntry, *(getattr(index_models, name) for name in (
    "Audience", "IndexedEntry", "EntryWords", "Posting", "VocabularyWord", "Statistics",
    "Snapshot", "FacetColumn", "TermColumn", "ChangedEntry",
))]  # fmt: skip


def _execute(statement: str, **names: str) -> None:
    with connection.cursor() as cursor:
        composed = sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})
        cursor.execute(composed)  # type: ignore[arg-type]


def _make_database() -> None:
    """Make the database and its tables where the site was never started; it wants its numbers to call too."""
    database = connection.settings_dict
    if "DATA_DIRECTORY" in database:
        create_database(database["DATA_DIRECTORY"], database["NAME"])
    if SearchEntry._meta.db_table not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    ensure_helplines()


@contextmanager
def scratch_tables() -> Iterator[str]:
    """Give this connection empty tables of its own for entries and index; drop them at the end.

    A run that was killed cannot drop its own: the next one does, as nobody holds its lock any more. Equivalent words
    and themes stay those of the site. Yields the name of the schema.
    """
    _make_database()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [PREFIX])
        left_behind = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT pg_backend_pid()")
        schema = f"{PREFIX}{cursor.fetchone()[0]}"
    for old in left_behind:
        if _lock(old):
            _execute("DROP SCHEMA IF EXISTS {schema} CASCADE", schema=old)
            _unlock(old)
    _lock(schema)
    _execute("CREATE SCHEMA {schema}", schema=schema)
    try:
        for model in _TABLES:
            _execute(
                "CREATE TABLE {schema}.{table} (LIKE {table} INCLUDING ALL)", schema=schema, table=model._meta.db_table
            )
        use_tables(schema)
        yield schema
    finally:
        _execute("RESET search_path")
        _execute("DROP SCHEMA {schema} CASCADE", schema=schema)
        _unlock(schema)


def use_tables(schema: str) -> None:
    """Let this connection read and write the scratch tables of a schema."""
    _execute("SET search_path TO {schema}, public", schema=schema)


def _lock(schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [schema])
        return bool(cursor.fetchone()[0])


def _unlock(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [schema])


def settle() -> None:
    """Do at once what autovacuum does in time: statistics for the planner, and the visibility that index scans need."""
    for model in _TABLES:
        _execute("VACUUM ANALYZE {table}", table=model._meta.db_table)


@contextmanager
def _postgresql() -> Iterator[Engine]:
    yield PostgresqlEngine()


@contextmanager
def _elasticsearch() -> Iterator[Engine]:
    if not settings.ELASTICSEARCH_URL:
        raise ImproperlyConfigured("ELASTICSEARCH_URL: no server is named.")
    name = settings.ELASTICSEARCH_INDEX
    settings.ELASTICSEARCH_INDEX = f"{name}_scratch_{os.getpid()}"  # no pattern of the site's indexes covers it
    engine = engine_named("elasticsearch")
    try:
        yield engine
    finally:
        engine.drop()
        settings.ELASTICSEARCH_INDEX = name


# Each opens an engine on a scratch index of its own, and forgets the index when left.
ENGINES: dict[str, Callable[[], AbstractContextManager[Engine]]] = {
    "postgresql": _postgresql,
    "elasticsearch": _elasticsearch,
}


@contextmanager
def scratch_engine(name: str) -> Iterator[Engine]:
    """Return an engine on scratch tables and a scratch index, both empty, both dropped at the end."""
    with scratch_tables(), ENGINES[name]() as engine:
        yield engine
