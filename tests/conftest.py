"""Shared by every test: the sample site, loaded once, and ways to act in it.

A test that uses `db` sees the sample site and is rolled back. A test that needs real commits (threads, a browser, the
worker) uses `committed_site`: a copy of the sample database of its own, dropped afterwards.
"""

import datetime
import fcntl
import gc
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, settings
from psycopg import sql

from tests.new_tables import rendered_alone
from tests.postgresql import server as postgresql

if TYPE_CHECKING:
    from django.test import Client

    from kb_site.accounts.models import User

# How long an example takes says how busy the machine is. The fixtures that properties ask for undo what each example does.
settings.register_profile(
    "site", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("site")

# What takes seconds a test goes first: at the end of a run, what is left is shared out between the processes test by test.
# One process has those that start servers and browsers; the others, the long walks through every address.
SLOW_FIRST = ("tests/test_running_site.py", "tests/browser/", "tests/test_backup.py")
LONG_WALKS = (
    "tests/test_matrix.py",
    "tests/test_hostile_admin.py",
    "tests/test_rights_lost.py",
    "tests/test_admin_walk.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the other processes of a run begin with what needs no database, while the first makes it.

    Processes that take tests from one another (--dist worksteal) begin each with an equal share, in this order.
    """
    others = getattr(config, "workerinput", {"workercount": 1})["workercount"] - 1
    if not others:
        return
    slow, long, needy, free = [], [], [], []
    for item in items:
        if item.nodeid.startswith(SLOW_FIRST):
            slow.append(item)
        elif item.nodeid.startswith(LONG_WALKS):
            long.append(item)
        else:
            (needy if _needs_database(item) else free).append(item)
    needy = slow + needy
    share = len(items) // (others + 1)
    items[:] = needy[:share]
    needy = needy[share:]
    for number in range(others):
        begins = free[number::others] + long[number::others]
        room = max(0, share - len(begins))
        items += begins + needy[:room]
        needy = needy[room:]
    items += needy


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never again in what stays: the site once loaded is half a million objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _needs_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        asked & {"db", "django_db_setup", "sample_database"}
    )


def _on_server(*statements: sql.Composed) -> None:
    """Run statements that need no connection to the test database, such as those that copy it."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forget_mails_of_sample_content() -> None:
    """Loading the sample content tells people of it; a test starts with nothing to send."""
    from kb_site.mailing.models import Delivery

    Delivery.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory, worker_id) -> Path:
    """Return the folder that all the processes of this run (xdist) share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


ROOT = Path(__file__).resolve().parent.parent
# What the sample database is made from: its tables, its content, and the code that loads it.
APPS = ("kb_site", "practices", "exchange_groups", "search")
MADE_FROM = (
    "fixtures/**/*",
    *(f"{app}/**/{part}" for app in APPS for part in ("migrations/*.py", "sample_content.py")),
)


def _fingerprint() -> str:
    """Return what changes when the sample database must be made anew: each day too, as its sessions are of next week."""
    found = hashlib.sha256(datetime.date.today().isoformat().encode())
    for path in sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern) if path.is_file()):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _is_made(name: str, fingerprint: str) -> bool:
    """Whether this database was made to the end, from what it would be made from today: its comment says so."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() == (fingerprint,)


def _only_for_tests() -> None:
    """Let the embedded server of the tests alone, whose files are in memory, do without what keeps data from harm."""
    from django.conf import settings as of_the_site

    if connection.settings_dict.get("DATA_DIRECTORY") == of_the_site.IN_MEMORY:
        options = ("fsync = off", "full_page_writes = off", "autovacuum = off", "jit = off")
        _on_server(*(sql.SQL(f"ALTER SYSTEM SET {option}") for option in options), sql.SQL("SELECT pg_reload_conf()"))


@pytest.fixture(scope="session")
def sample_database(
    run_folder, django_test_environment, django_db_blocker, django_db_keepdb, django_db_createdb
) -> str:
    """Return the name of the database that holds the sample site. Nobody works in it: all work in copies.

    The first process that needs it makes it while the others wait. It is kept from one run to the next, and made anew when
    what it is made from has changed (or with --create-db: the services that load it may have).
    """
    from django.core.management import call_command
    from django.test.utils import setup_databases

    told = run_folder / "database.made"
    with django_db_blocker.unblock(), (run_folder / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            _only_for_tests()
            name, fingerprint = connection.creation._get_test_db_name(), _fingerprint()
            keep = django_db_keepdb and not django_db_createdb
            if not (keep and _is_made(name, fingerprint)):
                with rendered_alone():
                    setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
                call_command("setup_site", verbosity=0)
                call_command("load_sample_content", verbosity=0)
                _forget_mails_of_sample_content()
                with connection.cursor() as cursor:  # once, and not by each copy when it first reads a row
                    cursor.execute("VACUUM (FREEZE, ANALYZE)")
                connection.close()
                named = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(fingerprint))
                _on_server(named)
            told.write_text(name)
    return told.read_text()


def make_copy(sample_database: str, copy: str) -> None:
    """Copy the sample database."""
    names = {"copy": sql.Identifier(copy), "sample": sql.Identifier(sample_database)}
    _on_server(
        sql.SQL("DROP DATABASE IF EXISTS {copy} WITH (FORCE)").format(**names),
        # Its files are copied: block by block, through the journal, it takes half as long again.
        sql.SQL("CREATE DATABASE {copy} TEMPLATE {sample} STRATEGY file_copy").format(**names),
    )


def drop_copy(copy: str) -> None:
    _on_server(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))


def _work_in_copy(sample_database: str, copy: str) -> None:
    """Copy the sample database, and let the connections that this process opens from now on lead to the copy."""
    connections.close_all()
    make_copy(sample_database, copy)
    connection.settings_dict["NAME"] = copy


@pytest.fixture(scope="session")
def django_db_setup(sample_database, worker_id, django_db_blocker) -> None:
    """Work on a copy of the sample site, which tests leave as it was: what they change is rolled back.

    Replaces pytest-django's, which makes a database for each process.
    """
    with django_db_blocker.unblock():
        _work_in_copy(sample_database, f"{sample_database}_{worker_id}")


@pytest.fixture(scope="module")
def kept_by_module(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let fixtures of this scope make what all the tests of a module begin with: their transactions stand inside this one.

    Give its primary keys and read it anew for each test, which may change what it holds. A module where a test works on
    `committed_site` has no use for it.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed_site(sample_database, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Work on a copy of the sample site where commits are real and other connections see them."""
    own = connection.settings_dict["NAME"]
    copy = f"{own}_committed"
    with django_db_blocker.unblock():
        _work_in_copy(sample_database, copy)
        yield
        connections.close_all()
        connection.settings_dict["NAME"] = own
        drop_copy(copy)


@pytest.fixture
def account(request):
    """Return the sample account with this name before the @ (in the committed copy, when the test works on it)."""
    if "committed_site" not in request.fixturenames:
        request.getfixturevalue("db")
    from kb_site.accounts.models import User

    return lambda name: User.objects.get(email=f"{name}@example.org")


def sign_in(browser: "Client", user: "User") -> None:
    """Sign in as by a code just given: the proof of who holds the device is fresh (kb_site/accounts/fresh_proof.py).

    One row written, where Client.force_login takes fifteen queries: nearly every test signs somebody in.
    """
    from allauth.account.internal.flows.login import record_authentication
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.test import RequestFactory
    from django.utils.crypto import get_random_string

    request = RequestFactory().get("/")
    request.session = held = SessionStore()
    held[SESSION_KEY] = str(user.pk)
    held[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    held[HASH_SESSION_KEY] = user.get_session_auth_hash()
    record_authentication(request, user, method="code", email=user.email)
    key = get_random_string(32).lower()
    Session.objects.create(
        session_key=key, session_data=held.encode(dict(held.items())), expire_date=held.get_expiry_date()
    )
    browser.cookies[settings.SESSION_COOKIE_NAME] = key


@pytest.fixture
def signed_in(account):
    """Return a client signed in as this sample account (None: a visitor)."""
    from django.test import Client

    def open_browser(name: str | None) -> Client:
        browser = Client()
        if name:
            sign_in(browser, account(name))
        return browser

    return open_browser


@pytest.fixture
def run_jobs(committed_site, monkeypatch) -> Callable[[], None]:
    """Run what waits in the task queue, as the worker would (committed_site only).

    In a thread of its own: Playwright may hold the event loop of this one. Jobs run in threads that end with the worker:
    their connections end with each job, as a connection forgotten open is a warning in whatever test comes later.
    """
    from procrastinate.contrib.django import app

    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
            worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        connections.close_all()

    def run() -> None:
        with ThreadPoolExecutor(max_workers=1) as pool:
            pool.submit(work).result()

    return run


@pytest.fixture
def typography(monkeypatch) -> None:
    """Show words as the site does: with no-break spaces and curved apostrophes."""
    from tests.typesetting import SwitchedTemplates

    monkeypatch.setattr(SwitchedTemplates, "on", True)


def require(installed: object, reason: str) -> None:
    """Skip with the reason unless it is installed; fail where every service must be there (REQUIRE_SERVICES=1)."""
    if installed:
        return
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a temporary folder that other accounts may enter: PostgreSQL never runs as root, and tmp_path is closed."""
    folder = Path(tempfile.mkdtemp(prefix="passe-relais-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def debian_postgresql() -> Iterator[postgresql.Server]:
    """Return a running server of the distribution, of this test alone."""
    require(postgresql.PROGRAMS, "PostgreSQL of the distribution is not installed (apt-get install postgresql)")
    server = postgresql.Server(postgresql.PROGRAMS)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def private_files(tmp_path) -> Path:
    """Return a folder of this test, where the files of groups are kept.

    A test that changes STORAGES leaves `storages` with a place that the fields of files, made once, do not know: it is
    given theirs again.
    """
    from django.core.files.storage import storages

    from exchange_groups.models import TopicFile

    folder, place = tmp_path / "private", TopicFile._meta.get_field("file").storage
    place._location = str(folder)
    for name in ("location", "base_location"):
        place.__dict__.pop(name, None)
    storages._storages["private"] = place
    return folder


@pytest.fixture(autouse=True)
def _what_is_kept_beside_the_database(request):
    """A test that has no database finds the face of a site where nothing was set.

    Those that have one are rolled back: what was kept of the facts that they changed goes with them.
    """
    from django.core.cache import caches

    from kb_site.facts.register import KEY as FACTS

    caches["face"].delete(FACTS)
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        return
    from kb_site.identity.face import KEY, SECONDS, Face

    caches["face"].set(KEY, Face("Passe-relais"), timeout=SECONDS)
