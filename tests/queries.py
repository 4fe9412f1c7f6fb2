"""The queries of a page, counted on the second visit: the first one fills what a process keeps (content types, sites)."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(browser: Client, address: str) -> list[str]:
    """Return the queries that a page takes, as SQL; the page is there."""
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(address)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]
