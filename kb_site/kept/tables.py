"""Which tables a statement reads, and which it writes: as far as what is kept may show them.

Each app says in its apps.py which of its models pages may show and which none does (`shown_to_visitors`,
`never_shown_to_visitors`: names of models, or "__all__"); which columns may change unseen (`columns_never_shown`:
"Model.column"); which models are read through what a process keeps (`kept_ready`), so that no statement tells it; and which
models triggers write, when which other one is written (`written_by_triggers`).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from django.apps import apps
from django.db.models import Model

Declaration = Literal["shown_to_visitors", "never_shown_to_visitors"]
# What the apps of others would declare, by label.
OF_OTHERS: dict[Declaration, frozenset[str]] = {
    "shown_to_visitors": frozenset(
        "auth contenttypes django_comments django_comments_xtd sites taggit wagtailcore wagtaildocs wagtailembeds"
        " wagtailimages wagtailredirects wagtailusers".split()
    ),
    "never_shown_to_visitors": frozenset(
        "account mfa procrastinate sessions socialaccount usersessions wagtailadmin wagtailsearch".split()
    ),
}
# Read through caches of Wagtail and Django: where the site begins, what its kinds of content are.
KEPT_READY_BY_OTHERS = ("wagtailcore.Site", "wagtailcore.Locale", "contenttypes.ContentType", "sites.Site")

WRITE = re.compile(r'\s*(?:WITH\b.*?)?\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|COPY)\s+"?(\w+)', re.DOTALL)
FIRST_LETTERS = frozenset("IUDTCW")
UPDATE = re.compile(r'UPDATE "(\w+)" SET (.*?) WHERE ', re.DOTALL)
COLUMN = re.compile(r'(?:^|, )"(\w+)" = ')
WORD = re.compile(r"\w+")


def declared_tables(declaration: Declaration) -> Iterator[str]:
    """Yield the tables that apps declare so, with those of the many-to-many fields of their models."""
    for config in apps.get_app_configs():
        names = getattr(config, declaration, "__all__" if config.label in OF_OTHERS[declaration] else ())
        for model in config.get_models() if names == "__all__" else map(config.get_model, names):
            yield from _tables_of(model)


def _tables_of(model: type[Model]) -> Iterator[str]:
    yield model._meta.db_table
    through = [field.remote_field.through for field in model._meta.local_many_to_many]
    yield from (link._meta.db_table for link in through if link is not None and link._meta.auto_created)


@cache
def _shown() -> frozenset[str]:
    return frozenset(declared_tables("shown_to_visitors"))


@cache
def _never_shown() -> frozenset[str]:
    return frozenset(declared_tables("never_shown_to_visitors"))


@cache
def _unseen_columns() -> frozenset[tuple[str, str]]:
    """Return the tables and columns that change without a page showing it."""
    found = set()
    for config in apps.get_app_configs():
        for model, _dot, column in (name.partition(".") for name in getattr(config, "columns_never_shown", ())):
            found.add((config.get_model(model)._meta.db_table, column))
    return frozenset(found)


@cache
def kept_ready() -> frozenset[str]:
    """Return the tables whose rows processes keep ready: anything may show them though it asked for none."""
    models = [apps.get_model(label) for label in KEPT_READY_BY_OTHERS]
    for config in apps.get_app_configs():
        models += map(config.get_model, getattr(config, "kept_ready", ()))
    return frozenset(table for model in models for table in _tables_of(model))


@cache
def _written_by_triggers() -> dict[str, str]:
    """Return the tables that triggers write, each with the one whose writes set them off."""
    return {
        config.get_model(written)._meta.db_table: config.get_model(by)._meta.db_table
        for config in apps.get_app_configs()
        for written, by in getattr(config, "written_by_triggers", {}).items()
    }


@lru_cache(maxsize=4096)
def tables_read(statement: str) -> frozenset[str]:
    """Return the tables that a statement names, of those that a page may show; one too many costs speed alone."""
    named = _shown() & set(WORD.findall(statement))
    return named | {by for written, by in _written_by_triggers().items() if written in named}


@lru_cache(maxsize=4096)
def reads_what_is_never_shown(statement: str) -> bool:
    """Whether a statement names a table whose writes are not told."""
    return not _never_shown().isdisjoint(WORD.findall(statement))


def table_written(statement: str) -> str:
    """Return the table that a statement writes, "" when no page can show what it changes."""
    if statement.lstrip()[:1].upper() not in FIRST_LETTERS:
        return ""
    written = WRITE.match(statement)
    if written is None or written[1] in _never_shown() or _writes_unseen_columns_alone(statement):
        return ""
    return written[1]


def _writes_unseen_columns_alone(statement: str) -> bool:
    updated = UPDATE.match(statement)
    if updated is None:
        return False
    columns = COLUMN.findall(updated[2])
    return bool(columns) and all((updated[1], column) in _unseen_columns() for column in columns)
