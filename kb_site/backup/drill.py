"""A backup brought back for nothing, beside the site, and compared with what it must hold."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from django.core.files.storage import FileSystemStorage
from django.db import connection
from psycopg import sql

from ..media.storages import names_in
from . import sealing
from .errors import BackupError
from .inventory import Files, Measured, differences, frozen, tables_of
from .manifest import DATABASE, FILES, FORMAT, INVENTORY, Manifest
from .services import opened
from .storages import unpack


@dataclass
class Report:
    """What a drill found: figures, and in French what differs (nothing when the backup is good)."""

    manifest: Manifest
    tables: int = 0
    rows: int = 0
    files: dict[str, tuple[int, int]] = field(default_factory=dict)  # storage → number of files, bytes
    wrong: list[str] = field(default_factory=list)


def drill(folder: Path, *, identity: sealing.Identity | None = None) -> Report:
    """Restore a backup into a database and a folder made for it, compare every table and file, and forget them.

    The site is neither touched nor slowed by locks. Raises BackupError, ProgramsError, DatabaseError, OSError.
    """
    manifest, programs, files = opened(folder, identity)
    if manifest.format < FORMAT:
        raise BackupError(
            "Cette sauvegarde est d’un format ancien, qui ne dit pas ce qu’elle contient : refaites-en une."
        )
    with sealing.read(manifest.path_of(folder, INVENTORY), identity) as file:
        inventory = json.loads(file.read())
    report = Report(manifest)
    with _scratch_database() as name:
        with sealing.read(manifest.path_of(folder, DATABASE), identity) as dump:
            programs.restore(dump, database=name)
        with frozen(name) as database:
            tables = tables_of(database)
    report.tables, report.rows = len(tables), sum(rows for rows, _sum in tables.values())
    report.wrong += [f"table {line}" for line in differences(inventory["tables"], tables)]
    for alias, names in files.items():
        with TemporaryDirectory(prefix="repetition-") as place:  # readable by its owner only
            storage = FileSystemStorage(location=place)
            with sealing.read(manifest.path_of(folder, FILES.format(alias)), identity) as archive:
                unpack(archive, storage, names)
            found = _figures_of(storage)
        report.files[alias] = len(found), sum(size for size, _sum in found.values())
        report.wrong += [f"fichier {line}" for line in differences(inventory["files"][alias], found)]
    return report


@contextmanager
def _scratch_database() -> Iterator[str]:
    """Make an empty database beside the site's, and drop it afterwards. Raises DatabaseError."""
    name = f"{connection.settings_dict['NAME'][:40]}_repetition_{os.getpid()}"
    quoted = sql.Identifier(name)
    suffix = connection.creation.sql_table_creation_suffix() or "TEMPLATE template0"
    with connection._nodb_cursor() as server:  # type: ignore[attr-defined]
        server.execute(sql.SQL("CREATE DATABASE {} " + suffix).format(quoted))
    try:
        yield name
    finally:
        with connection._nodb_cursor() as server:  # type: ignore[attr-defined]
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def _figures_of(storage: FileSystemStorage) -> Files:
    found: Files = {}
    for name in names_in(storage):
        with storage.open(name) as file:
            found[name] = Measured(cast("IO[bytes]", file)).read_through()
    return found
