"""Shared by every test: the sample site, loaded once, and ways to act in it.

A test that uses `db` sees the sample site and is rolled back. A test that needs real commits (threads, a browser, the
worker) uses `committed_site`: a copy of the sample database of its own, dropped afterwards.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from psycopg import sql


def _on_server(*statements: sql.Composed) -> None:
    """Run statements that need no connection to the test database, such as those that copy it."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forget_mails_of_sample_content() -> None:
    """Loading the sample content tells people of it; a test starts with nothing to send."""
    from kb_site.notifications.models import Delivery

    Delivery.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_modify_db_settings,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
) -> None:
    """Make the test database and load the sample site in it; kept, it is not made nor loaded again (--reuse-db).

    Replaces pytest-django's, which makes no database for a run where every test works on a committed copy.
    """
    from django.core.management import call_command
    from django.test.utils import setup_databases

    with django_db_blocker.unblock():
        setup_databases(verbosity=0, interactive=False, keepdb=django_db_keepdb and not django_db_createdb)
        call_command("setup_site", verbosity=0)
        call_command("load_sample_content", verbosity=0)
        _forget_mails_of_sample_content()


@pytest.fixture
def committed_site(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Work on a copy of the sample site where commits are real and other connections see them."""
    settings = connection.settings_dict
    origin = settings["NAME"]
    source, copy = sql.Identifier(origin), sql.Identifier(f"{origin}_copy")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy)
    with django_db_blocker.unblock():
        connection.close()
        _on_server(drop, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, source))
        settings["NAME"] = f"{origin}_copy"
        try:
            yield
        finally:
            connections.close_all()
            settings["NAME"] = origin
            _on_server(drop)


@pytest.fixture
def account(request):
    """Return the sample account with this name before the @ (in the committed copy, when the test works on it)."""
    if "committed_site" not in request.fixturenames:
        request.getfixturevalue("db")
    from kb_site.members.models import User

    return lambda name: User.objects.get(email=f"{name}@example.org")


@pytest.fixture
def signed_in(account):
    """Return a client signed in as this sample account (None: a visitor)."""
    from django.test import Client

    def sign_in(name: str | None) -> Client:
        browser = Client()
        if name:
            browser.force_login(account(name))
        return browser

    return sign_in


@pytest.fixture
def run_jobs(committed_site) -> Callable[[], None]:
    """Run what waits in the task queue, as the worker would (committed_site only).

    In a thread of its own: Playwright may hold the event loop of this one.
    """
    from procrastinate.contrib.django import app

    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
            worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        connections.close_all()

    def run() -> None:
        with ThreadPoolExecutor(max_workers=1) as pool:
            pool.submit(work).result()

    return run
