"""Suggestions while typing: quick, kind to accents, and only what the reader may see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.models import PracticePage, Theme
from search.suggestions.services import suggest

pytestmark = pytest.mark.django_db


def labels(text, user=None):
    return [suggestion.label for suggestion in suggest(text, user=user or AnonymousUser())]


def test_the_beginning_of_any_word_of_a_title_suggests_it():
    assert "Le café visio du jeudi" in labels("jeu")


@pytest.mark.parametrize("typed", ["cafe vis", "CAFÉ VIS", "  visio   café ", "café visio"])
def test_accents_case_and_order_change_nothing(typed):
    assert "Le café visio du jeudi" in labels(typed)


def test_a_tool_is_suggested_with_its_kind():
    suggestions = {suggestion.label: suggestion for suggestion in suggest("zoo", user=AnonymousUser())}
    assert suggestions["Zoom"].kind == "Outil"
    assert suggestions["Zoom"].url == "/outils/zoom/"


def test_a_theme_is_suggested_by_its_synonym_and_leads_to_its_search():
    first = suggest("skyp", user=AnonymousUser())[0]
    assert first.label == "Visioconférence (Skype)"
    assert first.url == "/recherche/?theme=visioconference"


def test_a_new_synonym_is_suggested_at_once():
    Theme.objects.filter(slug="visioconference").update(synonyms=["télétruc"])
    assert labels("teletr") == ["Visioconférence (télétruc)"]


def test_a_theme_that_nothing_visible_bears_is_not_suggested():
    Theme.objects.create(name="Xylophone en chantier", slug="xylophone")
    assert labels("xylo") == []


def test_a_members_card_is_suggested_to_members_only(account):
    title = PracticePage.objects.get(slug="codeveloppement-encadrants").title
    assert title not in labels("codev")
    assert title not in labels("codev", account("attente"))
    assert title in labels("codev", account("membre"))


def test_an_unpublished_card_is_suggested_to_nobody(account):
    PracticePage.objects.get(slug="cafe-visio-du-jeudi").unpublish()
    assert "Le café visio du jeudi" not in labels("jeudi", account("admin"))


@pytest.mark.parametrize("typed", ["", "a", "é", "%", "_", "\x00", "'\"<>", "x" * 5000, "🙂", "%%%_", "\\"])
def test_hostile_or_short_beginnings_suggest_nothing_and_break_nothing(client, typed):
    response = client.get("/recherche/suggestions/", {"q": typed})
    assert response.status_code == 200
    assert response.content.strip() == b""


def test_seven_at_most():
    assert len(labels("co")) == 7


def test_the_list_is_escaped_html_that_only_the_reader_s_browser_keeps(client):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.title = "Zzz <script>alert(1)</script>"
    card.save_revision().publish()
    response = client.get("/recherche/suggestions/", {"q": "zzz"})
    html = response.content.decode()
    assert "<script>" not in html
    assert "Zzz &lt;script&gt;" in html
    assert response["Cache-Control"] == "private, max-age=60"
    assert not response.cookies


def test_a_browser_that_saves_data_gets_nothing(client):
    response = client.get("/recherche/suggestions/", {"q": "zoo"}, headers={"Save-Data": "on"})
    assert response.status_code == 204


def test_suggesting_asks_the_database_little(client):
    client.get("/recherche/suggestions/", {"q": "ca"})
    with CaptureQueriesContext(connection) as queries:
        client.get("/recherche/suggestions/", {"q": "co"})
    assert len(queries) <= 8  # one second look for each kind of thing found
