"""The distribution's own PostgreSQL, for the tests of what must work beside the embedded one.

It refuses to run as root: it then runs as nobody.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from psycopg import connect, sql

IS_ROOT = os.geteuid() == 0
AS_NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
# PostgreSQL 15 is the oldest that the site is for, and the one of Debian 12.
PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))), None)


class Server:
    """One running PostgreSQL, heard on a socket only, in a folder of its own that goes when it stops."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="postgresql-"))  # short: the address of a socket is

    def start(self) -> None:
        """Make the server and start it. Raises subprocess.CalledProcessError."""
        if IS_ROOT:
            shutil.chown(self._folder, "nobody", "nogroup")
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={self._folder} -c fsync=off"
        self._run("pg_ctl", "start", "--wait", f"--log={self._folder}/log", f"--options={options}")

    def _run(self, program: str, *words: str) -> None:
        command = [*(AS_NOBODY if IS_ROOT else []), self._programs / program, f"--pgdata={self._folder}/data", *words]
        # Its output would be the server's too, which lives on: nobody may wait for its end.
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def new_database(self, name: str) -> dict[str, str]:
        """Create an empty database; return how to connect to it."""
        address = {"host": str(self._folder), "user": "postgres"}
        with connect(dbname="postgres", autocommit=True, **address) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return address | {"dbname": name}

    def stop(self) -> None:
        """Stop the server and forget its data."""
        subprocess.run(
            [*(AS_NOBODY if IS_ROOT else []), self._programs / "pg_ctl", "stop", "--mode=immediate",
             f"--pgdata={self._folder}/data"],
            cwd="/", check=False, capture_output=True,
        )  # fmt: skip
        shutil.rmtree(self._folder, ignore_errors=True)
