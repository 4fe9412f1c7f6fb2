"""What the database and the files hold, as a few figures that tell whether two of them hold the same."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import psycopg
from django.db import connection
from psycopg import sql

CHUNK = 1 << 20  # bytes
# How values are written as text must not depend on the server nor on the database.
_AS_TEXT = (
    "SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex';"
    "SET LOCAL extra_float_digits = 1; SET LOCAL intervalstyle = 'postgres'"
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# A sum does not depend on the order of rows, for which a restore does not answer.
_CONTENT = """SELECT count(*), coalesce(sum(('x' || left(md5(row_::text), 16))::bit(64)::bigint::numeric), 0)::text
FROM public.{} row_"""

# Table → [number of rows, sum of what they hold]; storage → name of a file → [bytes, SHA-256].
Tables = dict[str, list[Any]]
Files = dict[str, list[Any]]


@contextmanager
def frozen(database: str = "") -> Iterator["psycopg.Connection[Any]"]:
    """Give a connection that sees one instant of the site's database, or of another one of its server. Raises psycopg.Error."""
    params = connection.get_connection_params() | ({"dbname": database} if database else {})
    params.pop("cursor_factory", None)
    with psycopg.connect(**params) as frozen_connection:
        frozen_connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        frozen_connection.read_only = True
        yield frozen_connection


def snapshot_of(database: "psycopg.Connection[Any]") -> str:
    """Return the name by which pg_dump sees the same instant as this connection."""
    row = database.execute("SELECT pg_export_snapshot()").fetchone()
    return str(row[0]) if row else ""


def tables_of(database: "psycopg.Connection[Any]") -> Tables:
    """Count and sum up every table."""
    for setting in _AS_TEXT.split(";"):
        database.execute(setting)
    found: Tables = {}
    for (name,) in database.execute(_TABLES).fetchall():
        row = database.execute(sql.SQL(_CONTENT).format(sql.Identifier(name))).fetchone()
        found[name] = list(row or ())
    return found


class Measured:
    """A readable file that knows, once read, how much it gave and its checksum."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._digest.update(data)
        self.size += len(data)
        return data

    def figures(self) -> list[Any]:
        """Return [bytes, SHA-256] of what was read so far."""
        return [self.size, self._digest.hexdigest()]

    def read_through(self) -> list[Any]:
        """Read to the end; return the figures."""
        while self.read(CHUNK):
            pass
        return self.figures()


def differences(expected: dict[str, list[Any]], found: dict[str, list[Any]]) -> list[str]:
    """Return in French, one line each, what is missing, added or changed."""
    said = [f"{name} : manque" for name in expected if name not in found]
    said += [f"{name} : en trop" for name in found if name not in expected]
    for name, (number, *_content) in expected.items():
        if name in found and expected[name] != found[name]:
            number_found = found[name][0]
            counts = f"{number} attendus, {number_found} trouvés"
            said.append(f"{name} : {counts if number != number_found else 'autre contenu'}")
    return said
