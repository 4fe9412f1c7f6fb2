"""The marks that editors' texts may hold: text stays text, and is read as it is where nothing shows them.

« **gras** », « [des mots](/pratiques/reseau/fiche/) », « 1. » before a line, « | cellule | cellule | », and a block that
begins with « Attention : » or « Bon à savoir : ». See docs/decisions/0052-marks-in-texts.md.
"""

import re
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import Http404
from django.urls import resolve
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from kb_site.given_addresses.models import holder_of

BOLD = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=\S)\*\*")
# To a page of this site, by its path, or to another site. A path never begins with two strokes: that is another host.
LINK = re.compile(r"\[([^\[\]]{1,200})\]\((/(?![/\\])[^\s()<>\"\\]*|https?://[^\s()<>\"]+)\)")
NUMBER = re.compile(r"(\d{1,2})[.)]\s+")
CALL_OUTS = {"attention": "notice", "bon à savoir": "tip"}  # what opens the block → its class in site.css
MOST_COLUMNS, MOST_ROWS = 4, 8  # what a phone shows without turning it

_CALL_OUT = re.compile(rf"(?:\*\*)?({'|'.join(CALL_OUTS)})\s*:(?:\*\*)?\s*(.*)", re.IGNORECASE)
_ROW = re.compile(r"\|.+\|")
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")  # between the headings and the rows, in Markdown
_HEADING = re.compile(r"^##\s+", re.MULTILINE)


def call_out(line: str) -> tuple[str, str, str] | None:
    """Return what a first line calls out as (words, class, rest of the line): « Attention : », `notice`, …"""
    found = _CALL_OUT.fullmatch(line)
    return (f"{found[1].capitalize()} :", CALL_OUTS[found[1].lower()], found[2]) if found else None


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return bool(_ROW.fullmatch(line))


def rows_of(lines: list[str]) -> list[list[str]]:
    """Return the cells of the rows of a table, all as long as the first one, which holds the headings."""
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines if not _RULE.fullmatch(line)]
    width = len(rows[0]) if rows else 0
    return [(row + [""] * width)[:width] for row in rows]


def without_marks(text: str) -> str:
    """Return the text as it is read aloud, searched, or sent by SMS: words without marks, a row of a table on one line."""
    lines = (_line_without_marks(line) for line in text.splitlines())
    return _words("\n".join(line for line in lines if line is not None))


def as_markdown(text: str) -> str:
    """Return the text for whatever reads Markdown, away from the site: whole addresses, tables with their rule."""
    lines: list[str] = []
    in_table = False
    for line in text.replace("\r\n", "\n").strip().split("\n"):
        if is_row(line.strip()) and not in_table:
            width = len(line.strip()[1:-1].split("|"))
            lines += ([""] if lines and lines[-1] else []) + [line.strip(), "|" + " --- |" * width]
        elif not _RULE.fullmatch(line.strip()):
            lines += ([""] if in_table and line.strip() and not is_row(line.strip()) else []) + [line]
        in_table = is_row(line.strip())
    return LINK.sub(lambda found: f"[{found[1]}]({_absolute(found[2])})", "\n".join(lines))


def mark_errors(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what an editor must mend in texts, by field: the first fault of each."""
    found = {name: next(_errors_in(text), "") for name, text in texts.items()}
    return {name: message for name, message in found.items() if message}


def _errors_in(text: str) -> Iterator[str]:
    """Yield, in words, a link that leads nowhere here, a table that no phone shows."""
    for words, address in LINK.findall(text):
        if address.startswith("/") and not _leads_somewhere(address):
            yield _("« %(words)s » mène à %(address)s, et aucune page de ce site n’est à cette adresse.") % {
                "words": words,
                "address": address,
            }
    rows: list[str] = []
    for line in [*(line.strip() for line in text.splitlines()), ""]:
        if is_row(line):
            rows.append(line)
        elif rows:
            cells = rows_of(rows)
            if cells and (len(cells[0]) > MOST_COLUMNS or len(cells) - 1 > MOST_ROWS):
                yield _("Un tableau tient sur un téléphone : %(columns)s colonnes et %(rows)s lignes au plus.") % {
                    "columns": MOST_COLUMNS,
                    "rows": MOST_ROWS,
                }
            rows = []


def _line_without_marks(line: str) -> str | None:
    bare = line.strip()
    if _RULE.fullmatch(bare):
        return None
    if is_row(bare):
        return " · ".join(filter(None, (cell.strip() for cell in bare[1:-1].split("|"))))
    return _HEADING.sub("", line)


def _words(text: str) -> str:
    bare = LINK.sub(lambda found: found[1] if found[2].startswith("/") else f"{found[1]} ({found[2]})", text)
    return BOLD.sub(r"\1", bare)


def _absolute(address: str) -> str:
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def _leads_somewhere(address: str) -> bool:
    path = re.split("[?#]", address)[0]
    try:
        view = resolve(path)
    except Http404:
        return False
    roots = Site.get_site_root_paths()
    if view.url_name != "wagtail_serve" or not roots:
        return True
    parts = path.strip("/")
    stored = f"{roots[0].root_path}{parts}/" if parts else roots[0].root_path
    return Page.objects.live().filter(url_path=stored).exists() or holder_of("page", stored) is not None
