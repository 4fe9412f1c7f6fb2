"""`make run` after a kill -9: what the last run left behind is ended, and nothing else."""

import json
import subprocess
import sys
import time

import psutil
import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kb_site import process_supervisor
from kb_site.management.commands import run_site
from kb_site.process_supervisor import CannotWork, SupervisedProcess


@pytest.fixture
def process():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])  # noqa: S603
    yield psutil.Process(child.pid)
    child.kill()
    child.wait()


@pytest.fixture
def noted(tmp_path, monkeypatch):
    """Return a function that notes processes as those of the last run."""
    monkeypatch.setattr(run_site, "PROCESSES", tmp_path / "run_site.json")
    return lambda rows: run_site.PROCESSES.write_text(json.dumps(rows))


def test_a_process_left_behind_is_ended(process, noted):
    noted([[process.pid, process.create_time()]])
    run_site.end_orphans()
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_another_process_with_the_same_number_is_left_alone(process, noted):
    noted([[process.pid, process.create_time() - 100]])
    run_site.end_orphans()
    assert process.is_running()


def test_a_first_run_has_nothing_to_end(noted):
    run_site.end_orphans()


def test_a_full_disk_is_said_in_one_sentence_before_anything_is_written(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(run_site, "ROOM_TO_INSTALL", 10**9)  # more than any disk has
    monkeypatch.setitem(settings.DATABASES["default"], "DATA_DIRECTORY", tmp_path / "postgresql")
    with pytest.raises(CommandError, match=r"Le disque est plein : il reste \d+ Mo"):
        run_site.Command()._refuse_full_disk()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Return a function that keeps a process running this code alive; it is ended afterwards."""
    monkeypatch.setattr(process_supervisor, "STEADY", 0.5)
    made = []

    def keep(code: str) -> SupervisedProcess:
        said: list[str] = []
        made.append(
            SupervisedProcess("les tâches", [sys.executable, "-c", code], folder=str(tmp_path), say=said.append)
        )
        return made[-1]

    yield keep
    for one in made:
        one.process.kill()
        one.stop(0)


def look_until(one: SupervisedProcess, *, seconds: float = 10) -> bool:
    """Look at a process until it was started again; False when it was not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if one.look():
            return True
        time.sleep(0.05)
    return False


def test_a_process_that_stops_is_started_again(kept):
    one = kept("import time; time.sleep(60)")
    assert not look_until(one, seconds=0.7)  # it is well
    for _time in range(4):
        first = one.process
        first.kill()
        assert look_until(one, seconds=20)
        assert one.process.pid != first.pid
        look_until(one, seconds=0.7)


def test_a_process_that_never_works_is_given_up(kept):
    one = kept("raise SystemExit(1)")
    assert look_until(one)
    assert look_until(one)
    with pytest.raises(CannotWork, match="les tâches"):
        look_until(one)


DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
PARENT = f"""
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {DEAF!r}], stdout=subprocess.PIPE)
child.stdout.readline()
pathlib.Path("child").write_text(str(child.pid))
time.sleep(60)
"""


@pytest.mark.parametrize("killed", [True, False], ids=["when it is started again", "when the site is stopped"])
def test_what_a_process_started_does_not_outlive_it(kept, tmp_path, killed):
    one = kept(PARENT)
    written = tmp_path / "child"
    deadline = time.monotonic() + 20
    while not (written.exists() and written.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    child = psutil.Process(int(written.read_text()))
    if killed:
        one.process.kill()
        assert look_until(one, seconds=20)
    else:
        one.process.terminate()
        one.stop(time.monotonic() + 5)
    assert psutil.wait_procs([child], timeout=5)[1] == []


@pytest.mark.parametrize("row", [("members", "0002_account_life"), ("proposals", "0001_initial")])
def test_a_database_of_a_former_version_is_known_by_what_it_was_made_with(db, row):
    MigrationRecorder(connection).record_applied(*row)
    assert run_site.is_of_before(MigrationLoader(connection))


def test_the_database_of_today_is_not_of_before(db):
    assert not run_site.is_of_before(MigrationLoader(connection))


@pytest.mark.parametrize(
    ("host", "told", "address"),
    [
        ("localhost", "", "http://localhost:8123"),
        ("::1", "", "http://[::1]:8123"),
        ("0.0.0.0", "", "http://127.0.0.1:8000"),  # noqa: S104
        ("localhost", "https://exemple.fr", "https://exemple.fr"),
    ],
)
def test_addresses_follow_the_host_that_serves_unless_told_otherwise(settings, monkeypatch, host, told, address):
    settings.SITE_URL = told or "http://127.0.0.1:8000"
    monkeypatch.setenv("SITE_URL", told)  # what is set meanwhile goes with the test
    if not told:
        monkeypatch.delenv("SITE_URL")
    run_site.follow_host(host, 8123)
    assert address == settings.SITE_URL
