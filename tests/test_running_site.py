"""`make run` for real: in a folder whose name has spaces, on the port that was asked for, through restarts of PostgreSQL."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.db import connection
from psycopg import connect
from psycopg.conninfo import make_conninfo

from kb_site.embedded_postgresql.server import connection_address, create_database, running_server
from kb_site.postgresql_programs import programs_for

ROOT = Path(__file__).resolve().parent.parent
CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"


def wait_for(what: Callable[[], object], *, seconds: float = 90) -> None:
    """Wait until it is true. Raises AssertionError when it is not in time."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


class Running:
    """A site started by run_site from a copy of this checkout, on a database that holds the sample site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data_directory = folder / "var" / "postgresql"
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def prepare(self, sample: dict[str, str]) -> None:
        left_out = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "tests", "docs")
        shutil.copytree(ROOT, self.folder, ignore=left_out)
        create_database(self.data_directory, "kb_site")
        own = make_conninfo(dbname="kb_site", **connection_address(self.data_directory))
        programs = programs_for(18).path
        dump = subprocess.run([programs / "pg_dump", make_conninfo(**sample)], check=True, capture_output=True).stdout
        subprocess.run([programs / "psql", "--quiet", own], input=dump, check=True, capture_output=True)

    def command(self, *words: str) -> subprocess.Popen[str]:
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        # With DEBUG, static files are not collected first, which takes longer than all the rest.
        environment |= {"DEMO": "1", "DEBUG": "1", "PORT": str(self.port)}
        command = [sys.executable, "manage.py", *words]
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=self.output, stderr=self.output, text=True
        )

    def start(self) -> None:
        self.output = (self.folder / "output.log").open("a+")
        self.process = self.command("run_site")
        wait_for(self.answers)

    def run(self, *words: str) -> None:
        assert self.command(*words).wait(120) == 0, self.said()

    def said(self) -> str:
        return (self.folder / "output.log").read_text("utf-8")

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return answer.read().decode()

    def answers(self) -> bool:
        assert self.process.poll() is None, self.said()
        try:
            return bool(self.get(CARD) and self.get("/recherche/?q=wifi"))
        except OSError:
            return False

    def mails(self) -> int:
        """Return how many were sent: they are printed."""
        return self.said().count("Message-ID")

    def works(self) -> bool:
        """Give the worker a job whose task nobody knows, and tell whether it looked at it."""
        with self.database() as database:
            row = database.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'unknown', '{}') RETURNING id"
            ).fetchone()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with self.database() as database:
                (status,) = database.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", row).fetchone()
            if status == "failed":
                return True
            time.sleep(0.3)
        return False

    def database(self):
        return connect(dbname="kb_site", autocommit=True, **connection_address(self.data_directory))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.output.close()


@pytest.fixture(scope="module")
def running(django_db_setup) -> Iterator[Running]:
    """A site that begins with the sample content, for the tests of this file one after another."""
    params = connection.get_connection_params()  # its tests change what is in it and undo it
    with tempfile.TemporaryDirectory(prefix="passe-relais-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL never runs as root
        site = Running(Path(folder) / "un dossier à part")
        site.prepare({key: params[key] for key in ("host", "user", "dbname")})
        site.start()
        yield site
        site.stop()
        running_server(site.data_directory).stop()


def ask_for_a_code(site: Running, email: str) -> None:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(f"{site.address}/compte/connexion/code/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    words = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "email": email})
    sent = site.mails()
    browser.open(f"{site.address}/compte/connexion/code/", words.encode()).read()
    wait_for(lambda: site.mails() > sent)


def test_a_site_on_another_port_tells_that_port_everywhere_and_outlives_its_database(running):
    ask_for_a_code(running, "membre@example.org")
    written = {
        "mail": running.said().partition("Message-ID")[2],
        "sitemap": running.get("/sitemap.xml"),
        "feed": running.get("/recherche/flux/?q=wifi"),
        "words to share": running.get(CARD),
    }
    for name, words in written.items():
        hosts = set(re.findall(r"https?://((?:127\.0\.0\.1|localhost)[^/\s\"<]*)", words))
        assert hosts == {f"127.0.0.1:{running.port}"}, name

    for how in (signal.SIGINT, signal.SIGKILL):
        server = psutil.Process(running_server(running.data_directory).get_pid())
        server.send_signal(how)
        server.wait(30)
        wait_for(running.answers)
        wait_for(running.works)
    assert running.process.poll() is None


def test_a_backup_is_restored_while_the_site_and_its_worker_run(running, tmp_path):
    with running.database() as database:
        database.execute("UPDATE wagtailcore_page SET title = 'Avant' WHERE slug = 'cafe-visio-du-jeudi'")
    running.run("backup", str(tmp_path / "sauvegarde"))
    assert running.works()
    with running.database() as database:
        database.execute("UPDATE wagtailcore_page SET title = 'Depuis' WHERE slug = 'cafe-visio-du-jeudi'")
        # Rows that the site keeps in memory have other numbers in the backup than now, as on a new machine.
        database.execute("UPDATE django_site SET domain = 'depuis.example.org'")
    statuses = []
    restoring = running.command("restore", "--yes", str(tmp_path / "sauvegarde"))
    while restoring.poll() is None:
        try:
            statuses.append(len(running.get("/recherche/?q=wifi")) > 0)
        except urllib.error.HTTPError as error:
            statuses.append(error.code)
    assert restoring.returncode == 0, running.said()
    # A page that was being made when the restore began may fail, and no other.
    assert len([status for status in statuses if status is not True]) <= 1, [
        line for line in running.said().splitlines() if "rror" in line
    ]
    assert len(statuses) > 2

    wait_for(running.answers)
    wait_for(running.works)
    assert running.process.poll() is None
    with running.database() as database:
        titles = database.execute("SELECT title FROM wagtailcore_page WHERE slug = 'cafe-visio-du-jeudi'").fetchall()
        assert titles == [("Avant",)]
    ask_for_a_code(running, "karim@example.org")
