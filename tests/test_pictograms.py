"""Pictograms: one family in one light file, one for each choice that is shown by one, never without words beside it."""

import gzip
import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from exchange_groups.sessions.choices import Format
from kb_site.templatetags.pictograms import SAME
from practices.choices import Channel, Kind, ResourceType, ToolCategory
from search.facets import KINDS

SPRITE = Path(settings.BASE_DIR) / "kb_site/static/kb_site/pictograms.svg"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
DRAWN = re.findall(r'<symbol id="(\w+)" viewBox="0 0 24 24">', SPRITE.read_text("utf-8"))
SHOWN_BY_ONE = {
    "kinds of cards": [code.value for code in Kind],
    "channels": [code.value for code in Channel],
    "kinds of tools": [code.value for code in ToolCategory],
    "kinds of resources": [code.value for code in ResourceType],
    "methods of sessions": [code.value for code in Format],
    "kinds of content": list(KINDS),
}
USED = re.compile(r"{% pictogram ['\"]([\w-]+)['\"] %}")


@pytest.mark.parametrize("codes", SHOWN_BY_ONE.values(), ids=SHOWN_BY_ONE)
def test_each_choice_has_a_pictogram_and_no_two_of_a_list_the_same(codes):
    shown = [SAME.get(code, code) for code in codes]
    assert set(shown) - set(DRAWN) == set()
    assert len(set(shown)) == len(shown)


def test_the_file_is_light_and_names_nothing_twice():
    assert len(gzip.compress(SPRITE.read_bytes())) <= 3_000
    assert sorted(set(DRAWN)) == sorted(DRAWN)
    assert SPRITE.read_text("utf-8").count("<symbol") == len(DRAWN)


def test_what_templates_ask_for_is_drawn():
    asked = chain.from_iterable(USED.findall(path.read_text("utf-8")) for path in TEMPLATES.rglob("*.html"))
    assert {SAME.get(name, name) for name in asked} - set(DRAWN) == set()


def test_a_pictogram_is_silent_and_takes_what_it_shows_from_the_kept_file():
    html = Template("{% load pictograms %}{% pictogram code %}").render(Context({"code": "guide"}))
    assert re.fullmatch(
        r'<svg class="pictogram" width="24" height="24" aria-hidden="true"><use href="/static/kb_site/pictograms[\w.]*\.svg#ressource"/></svg>',
        html,
    )
