"""How mails are written: one template each, few elements, one look. docs/how-to/add-a-mail.md tells it to people."""

import re
from pathlib import Path

import pytest

from kb_site.identity.face import Face
from kb_site.mails import MAILS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates" / "mails"
SIGN_IN = ROOT / "templates" / "account" / "email"
LAYOUT = TEMPLATES / "parts" / "layout.html"
SITE_CSS = ROOT / "kb_site" / "static" / "kb_site" / "site.css"
WRITTEN = [path for path in [*TEMPLATES.rglob("*.html"), *SIGN_IN.glob("*.html")] if path != LAYOUT]
ELEMENTS = {"p", "b", "br", "a", "h1", "h2", "ul", "ol", "li", "blockquote", "small", "table", "tr", "th", "td"}
MARK = SITE_CSS.with_name("pictograms.svg")
MARK_ONLY = {"#000", "#f3b28a"}  # the mask of the bar, the light of the mark
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def test_every_mail_of_the_list_has_one_template_and_every_template_its_mail():
    assert {path.name for path in TEMPLATES.iterdir() if path.is_file()} == {f"{name}.html" for name in MAILS}


def test_no_mail_is_written_twice():
    """The text form and the subject come from the HTML template: no second body, no subject beside it."""
    others = {path for folder in (TEMPLATES, SIGN_IN) for path in folder.rglob("*") if path.suffix not in {"", ".html"}}
    assert others == {TEMPLATES / "parts" / "layout.txt"}


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_a_mail_is_made_of_the_few_elements_that_have_a_text_form(path):
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"))
    assert {tag.lower() for tag in re.findall(r"<\s*/?([a-zA-Z][\w-]*)", source)} <= ELEMENTS


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_a_mail_has_neither_style_nor_colour_of_its_own(path):
    source = path.read_text("utf-8")
    assert "style" not in source
    assert not COLOUR.search(source)
    assert "safe" not in source, "what people type stays escaped"


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_every_address_of_a_mail_is_whole(path):
    starts = re.findall(r'href="([^"{]*\{?\{?[^"}]*)', path.read_text("utf-8"))
    whole = ("{{ site_url ", "{{ link ", "{{ section.stop_url ", "{{ session.video_link ", "{{ session|dialled ")
    assert [start for start in starts if not start.startswith(whole)] == []


def test_the_colours_of_mails_are_those_of_the_site():
    palette = {colour.lower() for colour in COLOUR.findall(SITE_CSS.read_text("utf-8"))}
    assert {colour.lower() for colour in COLOUR.findall(LAYOUT.read_text("utf-8"))} <= palette
    assert Face("").colour in palette


def test_the_palette_is_written_only_where_no_style_sheet_of_the_site_reaches():
    """Mails, the browser's frame and the mark: in the colours of the site all the same.

    Black and white, for what is printed, are no colours of the palette.
    """
    files = [
        path
        for room in ("templates", "kb_site", "practices", "exchange_groups", "search")
        for path in (ROOT / room).rglob("*")
        if path.suffix in {".css", ".html", ".js", ".svg", ".py", ".txt"}
    ]
    written = {path: {c.lower() for c in COLOUR.findall(path.read_text("utf-8"))} for path in files}
    beyond = {LAYOUT, MARK}
    assert {path for path, colours in written.items() if colours & palette()} == {SITE_CSS, *beyond}
    assert {path.name: others for path in beyond if (others := written[path] - palette() - MARK_ONLY)} == {}


def palette() -> set[str]:
    values = re.findall(r"--[\w-]+: (#[0-9a-fA-F]{6});", SITE_CSS.read_text("utf-8"))
    return {value.lower() for value in values}
