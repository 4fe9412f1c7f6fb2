"""At the end of an account: no table, no version of a page and no name of a file holds its names or addresses any more.

The tables of personal data say what becomes of rows; this looks at every text of every table, whoever wrote it, so that a
table that is added later is covered before anybody thinks of it.
"""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, models, transaction
from psycopg import sql

from .redaction import ERASED_IN_ADDRESSES, LastMentions, rewritten

TEXTS = {"CharField", "TextField", "SlugField", "JSONField", "FileField"}
# A job about to run with an address in it would write to somebody who is gone.
FORGET_JOBS = "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND args::text ~* %s"


def sweep(user: Any) -> None:
    """Take what still names a person off every table and every file name, in the current transaction."""
    mentions = LastMentions(user)
    if not mentions.likely:
        return
    with connection.cursor() as cursor:
        cursor.execute(FORGET_JOBS, [mentions.likely])
    for model in apps.get_models(include_auto_created=True):
        # A key of several columns: the index by words, which follows the rows that it indexes.
        one_key = model._meta.pk.column is not None
        if model._meta.managed and not model._meta.proxy and one_key and model is not get_user_model():
            fields = _texts_of(model)
            for pk in list(_likely_rows(model, fields, mentions.likely)):
                _sweep_row(model, fields, pk, mentions)


def _texts_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Return the columns of a table that hold words: not keys nor closed lists."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if field.get_internal_type() in TEXTS and not field.choices and not field.primary_key
    ]


def _likely_rows(model: type[models.Model], fields: "list[models.Field[Any, Any]]", likely: str) -> Iterator[Any]:
    if not fields:
        return
    tests = sql.SQL(" OR ").join(
        sql.SQL("{}::text ~* %s").format(sql.Identifier(str(field.column))) for field in fields
    )
    query = sql.SQL("SELECT {} FROM {} WHERE {}").format(_key(model), sql.Identifier(model._meta.db_table), tests)
    with connection.cursor() as cursor:
        cursor.execute(query, [likely] * len(fields))  # type: ignore[arg-type]
        yield from (pk for (pk,) in cursor.fetchall())


def _sweep_row(
    model: type[models.Model], fields: "list[models.Field[Any, Any]]", pk: Any, mentions: LastMentions
) -> None:
    """Rewrite one row, as the database holds it: blocks of a page are JSON there, whatever their shape in Python."""
    table = sql.Identifier(model._meta.db_table)
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {} WHERE {} = %s").format(columns, table, _key(model)), [pk])  # type: ignore[arg-type]
        row = cursor.fetchone()
    changes: dict[str, Any] = {}
    for field, before in zip(fields, row or (), strict=False):
        if before is None or (after := mentions.redacted(before)) == before:
            continue
        if isinstance(field, models.FileField):
            after = _renamed(field, before, pk)
        changes[str(field.column)] = after[: field.max_length] if field.max_length else after
    if not changes:
        return
    instance = model._base_manager.get(pk=pk)
    try:
        with transaction.atomic():
            _write(model, pk, changes)
    except IntegrityError:  # two rows that a name told apart
        _write(model, pk, {column: _told_apart(text, pk) for column, text in changes.items()})
    rewritten.send(sender=model, instance=instance)


def _write(model: type[models.Model], pk: Any, changes: dict[str, Any]) -> None:
    sets = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in changes)
    query = sql.SQL("UPDATE {} SET {} WHERE {} = %s").format(sql.Identifier(model._meta.db_table), sets, _key(model))
    with connection.cursor() as cursor:
        cursor.execute(query, [*changes.values(), pk])  # type: ignore[arg-type]


def _renamed(field: models.FileField, name: str, pk: Any) -> str:
    """Give a file a name that tells nobody, beside the former, which goes when the transaction is over."""
    storage = field.storage
    path = PurePosixPath(name)
    if not storage.exists(name):
        return str(path.with_name(f"{ERASED_IN_ADDRESSES}-{pk}{path.suffix}"))
    with storage.open(name) as file:
        saved = storage.save(str(path.with_name(f"{ERASED_IN_ADDRESSES}-{pk}{path.suffix}")), file)
    transaction.on_commit(lambda: storage.delete(name))
    return saved


def _told_apart(text: str, pk: Any) -> str:
    with_number = f"{text} {pk}"
    try:
        return text if isinstance(json.loads(text), dict | list) else with_number
    except ValueError:
        return with_number if " " in text else f"{text}-{pk}"


def _key(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(str(model._meta.pk.column))
