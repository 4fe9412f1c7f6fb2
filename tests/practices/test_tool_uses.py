"""What a tool page, a card and a result say of the data that an hour takes."""

import re

import pytest

from practices.models import ToolPage
from practices.search_documents import search_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("slug", "uses"),
    [("telephone", ["audio"]), ("zoom", ["audio", "vidéo"]), ("signal", ["audio", "vidéo"]), ("pad-en-ligne", [])],
)
def test_an_hour_is_told_of_what_the_tool_is_for(slug, uses):
    assert [use for use, _data in ToolPage.objects.get(slug=slug).hours_of_data] == uses


def test_a_telephone_is_not_said_to_lack_a_measure_of_video(client):
    html = client.get("/outils/telephone/").content.decode()
    assert "non mesuré" not in html
    assert re.search(r"\b0\s*Mo", html)


def test_search_is_told_the_same():
    document = search_document(ToolPage.objects.get(slug="telephone"))
    assert document.card["hours_of_data"] == [("audio", (0, 0))]
