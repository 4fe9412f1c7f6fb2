"""Dates and numbers of things, as French says them, in every template and mail."""

import datetime
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.translation import ngettext

from exchange_groups.sessions.formatting import dialled
from kb_site.french.dates import french_date

ROOT = Path(__file__).parent.parent
PARIS = ZoneInfo("Europe/Paris")
FIRST = datetime.datetime(2026, 12, 1, 9, 5, tzinfo=PARIS)
SECOND = datetime.datetime(2026, 12, 2, 14, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "pattern", "said"),
    [
        (FIRST, "j F", "1er décembre"),
        (FIRST.date(), "j F Y", "1er décembre 2026"),
        (FIRST, "l j F", "mardi 1er décembre"),
        (SECOND, "l j F, H:i", "mercredi 2 décembre à\xa014\xa0h"),
        (FIRST, "j F Y, H:i", "1er décembre 2026 à\xa09\xa0h\xa005"),
        (SECOND, "j F à H:i", "2 décembre à\xa014\xa0h"),
        (FIRST, "F Y", "décembre 2026"),
        (FIRST, "H:i", "09:05"),
        (FIRST, "Y-m-d", "2026-12-01"),
        (FIRST, None, "1er décembre 2026"),
    ],
)
def test_a_date_is_said_in_french(moment, pattern, said):
    assert french_date(moment, pattern) == said


def test_templates_say_dates_so_with_no_tag_to_load():
    template = Template('{{ moment|date:"j F Y, H:i" }}|{{ nothing|date:"j F" }}|{{ moment|date:"c" }}')
    moment = datetime.datetime(2026, 12, 1, 13, 0, tzinfo=datetime.UTC)
    words = template.render(Context({"moment": moment, "nothing": None}))
    assert words == "1er décembre 2026 à\xa014\xa0h||2026-12-01T14:00:00+01:00"


def test_no_code_of_ours_writes_a_date_in_another_way():
    wrong = re.compile(r"formats import date_format|\|date:\"[^\"]*\b[dDMm]\b")
    files = [
        path for top in ("kb_site", "practices", "exchange_groups", "search") for path in (ROOT / top).rglob("*.py")
    ]
    files += (ROOT / "templates").rglob("*.html")
    allowed = {"statistics/views.py": "months of a spreadsheet", "session_line.html": "a leaf of a calendar"}
    found = [path for path in files if wrong.search(path.read_text("utf-8"))]
    assert [str(path) for path in found if not str(path).endswith(tuple(allowed))] == []


@pytest.mark.parametrize(("n", "said"), [(0, "0 réponse"), (1, "1 réponse"), (2, "2 réponses")])
def test_nothing_and_one_are_singular(n, said):
    assert ngettext("{n} réponse", "{n} réponses", n).format(n=n) == said
    source = (
        "{% load i18n %}{% blocktranslate count n=n %}{{ n }} sujet{% plural %}{{ n }} sujets{% endblocktranslate %}"
    )
    assert Template(source).render(Context({"n": n})).endswith("sujet" if n < 2 else "sujets")


@pytest.mark.parametrize(
    ("number", "code", "link"),
    [
        ("01 99 00 12 34", "", "tel:0199001234"),
        ("01 99 00 12 34", "4242", "tel:0199001234,,4242%23"),
        ("+33 1 99 00 12 34", "42 42#", "tel:+33199001234,,4242%23"),
        ("01.99.00.12.34", "code : 42*7", "tel:0199001234,,42%2A7%23"),
    ],
)
def test_one_tap_calls_and_gives_the_code(number, code, link):
    assert dialled(number, code) == link


def test_absolute_addresses_start_where_the_site_is_served():
    """Neither what Wagtail and Django stored of the site nor the request says it: the port may have changed since."""
    other = re.compile(r"\bfull_url\b|get_full_url|build_absolute_uri|get_current_site")
    files = [
        path for top in ("kb_site", "practices", "exchange_groups", "search") for path in (ROOT / top).rglob("*.py")
    ]
    files += (ROOT / "templates").rglob("*.html")
    found = [path.name for path in files if other.search(path.read_text("utf-8"))]
    assert found == ["openid_connect.py"]  # the library builds the address that the identity server comes back to
