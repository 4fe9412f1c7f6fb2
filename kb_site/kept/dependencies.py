"""What was read while something was made, and what the database was told to write: both seen by one wrapper of its statements.

A write counts by whatever code it comes: update(), a command, the worker. Where the rows of a table belong each to one
thing that pages show (the comments of a card), triggers tell which rows changed (triggers.py, in a migration), and who reads them alone says so:

    with rows_of(TABLES, f"{content_type}:{pk}"):
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from . import versions
from .tables import kept_ready, reads_what_is_never_shown, table_written, tables_read

TOLD = re.compile(r"kept (\w+) (.*)", re.DOTALL)
MANY = "*"  # more rows than are worth naming


class Dependencies:
    """The versions of what is read, as they were before it was read; None once the thing may not be kept."""

    def __init__(self) -> None:
        self.versions = versions.versions_of([versions.EVERYTHING, *kept_ready()])
        self.narrowed: dict[str, tuple[str, ...]] = {}

    def add(self, names: list[str]) -> None:
        if self.versions is not None and (new := [name for name in names if name not in self.versions]):
            told = versions.versions_of(new)
            self.versions = None if told is None else self.versions | told

    def read(self, statement: str) -> None:
        if reads_what_is_never_shown(statement):
            self.versions = None
        for table in tables_read(statement):
            things = self.narrowed.get(table)
            self.add([table] if things is None else [f"{table}/{each}" for each in (MANY, *things)])


_noted: ContextVar[tuple[Dependencies, ...]] = ContextVar("kept_dependencies", default=())


@contextmanager
def noted() -> Iterator[Dependencies]:
    """Note what is read in this block, for what is made in it and for what that is a part of."""
    dependencies = Dependencies()
    token = _noted.set((*_noted.get(), dependencies))
    try:
        yield dependencies
    finally:
        _noted.reset(token)


@contextmanager
def rows_of(tables: Iterable[str], *things: str) -> Iterator[None]:
    """Say that the statements of this block read the rows of these things alone, in tables that tell whose rows change."""
    narrowed = [(one, one.narrowed) for one in _noted.get()]
    for one, before in narrowed:
        one.narrowed = before | dict.fromkeys(tables, things)
    try:
        yield
    finally:
        for one, before in narrowed:
            one.narrowed = before


def depend_on(names: dict[str, str]) -> None:
    """What is being made holds a part that was kept, made of these versions."""
    for one in _noted.get():
        if one.versions is not None:
            one.versions = names | one.versions


class Forgetting:
    """What a transaction wrote, forgotten when it commits."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __call__(self) -> None:
        versions.forget(self.names)


def has_uncommitted_writes() -> bool:
    """Whether this connection reads what nobody else does yet: nothing is kept of it, nor given of before."""
    return any(isinstance(waiting[1], Forgetting) for waiting in connections[DEFAULT_DB_ALIAS].run_on_commit)


def notice(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Note what a statement reads before it does, and what it wrote (an execute wrapper of the database)."""
    statement = sql if isinstance(sql, str) else sql.as_string()
    for one in _noted.get():
        one.read(statement)
    table = table_written(statement)
    if not table:
        return execute(sql, params, many, context)
    connection = context["connection"]
    told: list[tuple[str, set[str]]] = []
    connection.kept_told = told
    try:
        result = execute(sql, params, many, context)
    finally:
        connection.kept_told = None
    names = {name for _table, each in told for name in each}
    if table not in {changed for changed, _names in told}:
        names |= {table, f"{table}/{MANY}"}
    _forget_once_committed(connection, names)
    return result


def _forget_once_committed(connection: Any, names: set[str]) -> None:
    """One call for the writes that follow one another at one level of a transaction: those of a savepoint go with it."""
    if not names:
        return
    waiting = connection.run_on_commit
    ids = set(connection.savepoint_ids)
    if connection.in_atomic_block and waiting and isinstance(waiting[-1][1], Forgetting) and waiting[-1][0] == ids:
        waiting[-1][1].names |= names
        return
    forgetting = Forgetting()
    forgetting.names |= names
    transaction.on_commit(forgetting, using=connection.alias)


def watch(connection: Any, **kwargs: Any) -> None:
    """Watch the statements of a connection, and hear what its triggers tell."""
    if notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice)

    def hear(diagnostic: Any) -> None:
        if told := TOLD.fullmatch(diagnostic.message_primary or ""):
            table, rows = told[1], told[2].split(",") if told[2] else []
            # A statement that changed no row tells nobody.
            names = {table, *(f"{table}/{each}" for each in rows)} if rows else set()
            if connection.kept_told is None:  # COPY, that no wrapper sees
                _forget_once_committed(connection, names)
            else:
                connection.kept_told.append((table, names))

    connection.kept_told = None
    connection.connection.add_notice_handler(hear)
