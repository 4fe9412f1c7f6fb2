"""Pages of minutes are light and ask the database little, whatever they hold."""

import gzip
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange_groups.minutes.models import Minutes
from exchange_groups.sessions.models import Session
from tests.answers import elements
from tests.stylesheets import served

pytestmark = pytest.mark.django_db

STATIC = Path(__file__).parents[2] / "kb_site/static/kb_site"
CSS = [served(name) for name in ("site", "groups", "minutes")]


def addresses():
    draft = Minutes.objects.get(state="draft")
    public = Minutes.objects.public().get()
    return {
        "draft": ("animation", draft.get_absolute_url()),
        "section": ("animation", f"{draft.get_absolute_url()}points/{draft.lines.filter(kind='point')[1].pk}/"),
        "summary": ("animation", f"{draft.get_absolute_url()}synthese/"),
        "send": ("animation", f"{draft.get_absolute_url()}relecture/"),
        "published": ("mediateur", public.get_absolute_url()),
        "redact": ("edition-numerique", f"{public.get_absolute_url()}version-publique/"),
        "public": (None, public.get_public_url()),
        "list": (None, "/seances/comptes-rendus/"),
        "actions": ("membre", "/seances/mes-actions/"),
        "sheet": ("animation", draft.session.get_absolute_url() + "emargement/"),
        "session": ("animation", draft.session.get_absolute_url()),
    }


PAGES = ["draft", "section", "summary", "send", "published", "redact", "public", "list", "actions", "sheet", "session"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_cheap(signed_in, name):
    role, address = addresses()[name]
    browser = signed_in(role)
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
    assert response.status_code == 200
    assert len(gzip.compress(response.content)) + sum(len(gzip.compress(css)) for css in CSS) <= 14_000
    assert elements(response.content.decode()) <= 250
    asked = [" ".join(query["sql"].split())[:90] for query in queries.captured_queries]
    assert len(asked) <= (12 if role else 8), "\n".join(asked)


def test_long_minutes_cost_no_more_queries(signed_in, minutes, held):
    from exchange_groups.minutes.services.writing import write_minutes

    def count():
        browser = signed_in("karim")
        browser.get(minutes.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            browser.get(minutes.get_absolute_url())
        return len(queries)

    before = count()
    for number in range(20):
        held.note("decision", f"Décision {number}", item=held.calls)
    write_minutes(session=Session.objects.get(pk=held.session.pk), by=None)
    assert count() == before


def test_the_script_is_small():
    assert len(gzip.compress((STATIC / "minutes.js").read_bytes())) <= 1_200
