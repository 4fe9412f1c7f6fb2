"""Pages of the diagnostic, of experiences, tools and needs are light and ask the database little."""

import gzip
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.diagnostic import services
from practices.diagnostic.models import DiagnosticCampaign
from practices.models import PracticePage
from tests.stylesheets import served

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).parents[2] / "kb_site/static"


def _sample(rest=""):
    return f"/diagnostic/{DiagnosticCampaign.objects.filter(structure__name='Les Jardins du Canal').latest('pk').pk}/{rest}"


def _question():
    campaign = DiagnosticCampaign.objects.open().get(self_service=True)
    return f"/diagnostic/repondre/{campaign.access_code}{services.issue_codes(campaign=campaign, number=1)[0]}/"


def _card(rest=""):
    return f"/experiences/fiche/{PracticePage.objects.get(slug='cafe-visio-du-jeudi').pk}/{rest}"


# Address, who reads it, queries at most.
PAGES = {
    "home": ("/diagnostic/", None, 2),
    "rules": ("/diagnostic/regles/", None, 2),
    "question": (_question, None, 3),
    "my public": ("/diagnostic/mon-public/", "membre", 12),
    "campaign": (_sample, "membre", 12),
    "entry": (lambda: _sample("saisie/"), "membre", 12),
    "result": (lambda: _sample("resultat/"), "membre", 12),
    "experiences": (_card, None, 8),
    "tell": (lambda: _card("raconter/"), "membre", 12),
    "compare": ("/outils/comparer/?outil=zoom&outil=signal&outil=teams&outil=whatsapp", None, 3),
    "plot": ("/outils/confidentialite/", None, 2),
    "calculate": ("/outils/calculer/", None, 2),
    "observatory": ("/besoins/", "coordination", 24),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_first_window_and_asks_little(signed_in, name):
    address, role, most = PAGES[name]
    address = address() if callable(address) else address
    browser = signed_in(role)
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    styles = re.findall(r'<link rel="stylesheet" href="/static/([^"?]+)', html)
    critical = len(gzip.compress(response.content)) + sum(len(gzip.compress(served(Path(one).stem))) for one in styles)
    asked = [" ".join(query["sql"].split())[:90] for query in queries.captured_queries]
    print(f"{name}: {critical} bytes, {len(asked)} queries")  # noqa: T201
    assert critical <= 14_000
    assert len(asked) <= most, "\n".join(asked)


def test_the_scripts_are_small():
    for script in ("diagnostic.js", "paper_entry.js", "my_public.js", "live_form.js"):
        assert len(gzip.compress((STATIC / "kb_site" / script).read_bytes())) <= 2_200
