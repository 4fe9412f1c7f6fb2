"""Search pages are light and ask the database little, whatever they show."""

import gzip
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.answers import elements
from tests.stylesheets import served

pytestmark = pytest.mark.django_db

STATIC = Path(__file__).parents[2] / "kb_site/static/kb_site"
CSS = served("site")
SCRIPT = (STATIC / "suggestions.js").read_bytes()
PAGES = {
    "start": "/recherche/",
    "words": "/recherche/?q=que+faire+sans+wifi",
    "frequent": "/recherche/?q=suivi+telephone+visio+accompagnement+personne+salarie",
    "filters": "/recherche/?q=suivi&canal=telephone&public=tous&sans-data=oui",
    "expanded": "/recherche/?q=suivi&plus=probleme",
    "looser": "/recherche/?q=visio&canal=visio&public=handicap",
    "corrected": "/recherche/?q=telefone+isolemant",
    "empty": "/recherche/?q=xyzxyz",
    "theme": "/recherche/?theme=cafe-visio",
    "practices": "/pratiques/",
    "tools": "/outils/",
    "resources": "/ressources/",
}
# Queries more for a looser search, for other words than those typed (found, then looked up), for what others asked where
# nothing answers.
SECOND_LOOK = {"looser": 2, "corrected": 2, "empty": 1}
pages = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


@pages
def test_the_critical_path_fits_the_first_window(client, address):
    html = client.get(address).content
    assert len(gzip.compress(html)) + len(gzip.compress(CSS)) <= 14_000


@pages
def test_a_page_has_few_elements(client, address):
    html = client.get(address).content.decode()
    assert elements(html) <= 250


@pages
@pytest.mark.parametrize(("role", "most"), [(None, 8), ("membre", 12)])  # one reads the editors' rule of dangers
def test_a_page_asks_the_database_little(signed_in, address, role, most):
    most += next(more for name, more in {**SECOND_LOOK, "": 0}.items() if PAGES.get(name, address) == address)
    browser = signed_in(role)
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    asked = [" ".join(query["sql"].split())[:90] for query in queries.captured_queries]
    assert len(asked) <= most, "\n".join(asked)


def test_the_script_is_small():
    assert len(gzip.compress(SCRIPT)) <= 2_000  # of searches and of calls to people
