"""Plain text typed by people, as safe HTML: paragraphs, lists, links; in editors' texts, marks that show what matters."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from . import marks

ALLOWED_TAGS = {"p", "br", "ul", "ol", "li", "a", "h2", "blockquote", "div", "strong", "table", "tr", "th", "td"}
ALLOWED_ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "th": {"scope"}}
ALLOWED_CLASSES = {"div": set(marks.CALL_OUTS.values())}
LINK_REL = "nofollow ugc noopener"

# Up to a space, a quotation mark, a character that nobody sees, or the next address of a list.
_LINK = re.compile(
    r"(?:https?://|(?<![\w@./\-])www\.(?=\w))(?:(?![,;](?:https?://|www\.))[^\s<>\"«»“”\u00ad\u200b-\u200f\u2060\ufeff])+",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?…'’*_|"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_LIST_MARK = "- "
_HEADING_MARK = "## "
_QUOTE_MARK = "> "
_NUMBER_MARK, _ROW_MARK = "1.", "|"
QUOTED_LENGTH = 400


def plain_text_to_html(text: str, headings: bool = False, marked: bool = False) -> SafeString:
    """Return the text as HTML in which nothing typed is taken for markup.

    A blank line ends a paragraph, « - » opens a line of a list, « > » a line of a quotation, an http(s) or « www. » address
    becomes a link that search engines do not follow; with `headings`, a line « ## x » becomes a title of level 2; with
    `marked`, for the texts of editors, what practices/marks.py describes is shown. nh3 checks the result again, so that a
    mistake made here cannot become a hole.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _cleaned("".join(_blocks(lines, headings, marked)))


def marked_line_to_html(text: str) -> SafeString:
    """Return an editors' text that stands in a line, its bold words and its links shown."""
    return _cleaned(_inline(" ".join(text.split()), marked=True))


def _cleaned(html: str) -> SafeString:
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=ALLOWED_CLASSES,
        url_schemes={"http", "https"},
        link_rel=None,  # _linked() says it: search engines follow what an editor links to within the site
    )
    return mark_safe(clean)  # noqa: S308 (escaped by those who call, then cleaned)


def links_in(text: str) -> list[str]:
    """Return the http(s) addresses written in a text, as `plain_text_to_html` would link them."""
    found = (_target_of(_without_trailing_punctuation(match.group())) for match in _LINK.finditer(text))
    return [address for address in found if _has_host(address)]


def plain_text_in_line(text: str) -> str:
    """Return an editors' text on one line, its lists in a sentence: « Pas pour : - x - y » becomes « Pas pour : x ; y »."""
    line = ""
    for part in filter(None, (part.strip() for part in marks.without_marks(text).splitlines())):
        item = part.removeprefix(_LIST_MARK).rstrip(" ;\u00a0\u202f")
        joint = " ; " if item != part and line and not line.endswith(":") else " "
        line += joint + item if line else item
    return line


def quote(text: str) -> str:
    """Return the beginning of a text as a quotation to answer under; quotations inside it are left out."""
    lines = [line for line in text.strip().splitlines() if line.strip() and not line.startswith(_QUOTE_MARK.strip())]
    kept = Truncator("\n".join(lines)).chars(QUOTED_LENGTH)
    return "".join(f"{_QUOTE_MARK}{line}\n" for line in kept.splitlines()) + "\n"


def _blocks(lines: list[str], headings: bool, marked: bool) -> Iterator[str]:
    """Yield the HTML of what blank lines part; a block that calls out is set apart whole, its list with it."""
    for has_words, group in groupby(lines, key=bool):
        if not has_words:
            continue
        block = list(group)
        called = marks.call_out(block[0]) if marked else None
        if called is None:
            yield from _pieces(block, headings, marked)
        else:
            words, kind, rest = called
            html = "".join(_pieces([f"**{words}** {rest}".strip(), *block[1:]], headings, marked))
            yield f'<div class="{kind}">{html}</div>'


def _pieces(block: list[str], headings: bool, marked: bool) -> Iterator[str]:
    for kind, group in groupby(block, key=lambda line: _kind_of(line, headings, marked)):
        lines = list(group)
        if kind == _LIST_MARK:
            yield f"<ul>{_items((line.removeprefix(_LIST_MARK) for line in lines), marked)}</ul>"
        elif kind == _QUOTE_MARK:
            quoted = "<br>".join(_inline(line.removeprefix(_QUOTE_MARK), marked) for line in lines)
            yield f"<blockquote><p>{quoted}</p></blockquote>"
        elif kind == _HEADING_MARK:
            yield from (f"<h2>{_inline(line.removeprefix(_HEADING_MARK), marked)}</h2>" for line in lines)
        elif kind == _NUMBER_MARK:
            yield _numbered(lines)
        elif kind == _ROW_MARK:
            yield _table(lines)
        else:
            yield f"<p>{'<br>'.join(_inline(line, marked) for line in lines)}</p>"


def _kind_of(line: str, headings: bool, marked: bool) -> str:
    """Return the mark that a line begins with; nothing for a line of a paragraph."""
    for mark in (_LIST_MARK, _QUOTE_MARK, *([_HEADING_MARK] if headings else [])):
        if line.startswith(mark):
            return mark
    if marked and marks.NUMBER.match(line):
        return _NUMBER_MARK
    return _ROW_MARK if marked and marks.is_row(line) else ""


def _items(lines: Iterable[str], marked: bool) -> str:
    return "".join(f"<li>{_inline(line, marked)}</li>" for line in lines)


def _numbered(lines: list[str]) -> str:
    found = marks.NUMBER.match(lines[0])
    first = int(found[1]) if found else 1
    start = f' start="{first}"' if first != 1 else ""
    return f"<ol{start}>{_items((marks.NUMBER.sub('', line, count=1) for line in lines), True)}</ol>"


def _table(lines: list[str]) -> str:
    rows = marks.rows_of(lines)
    if not rows:
        return ""
    head, *body = rows
    headings = "".join(f'<th scope="col">{_inline(cell, True)}</th>' for cell in head)
    cells = ("".join(f"<td>{_inline(cell, True)}</td>" for cell in row) for row in body)
    return f"<table><tr>{headings}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _inline(line: str, marked: bool) -> str:
    """Return the HTML of a line: its addresses as links and, where marks are shown, its bold words and named links."""
    if not marked:
        return _linked(line)
    shown = (
        f"<strong>{_named(part)}</strong>" if number % 2 else _named(part)
        for number, part in enumerate(marks.BOLD.split(line))
    )
    return "".join(shown)


def _named(line: str) -> str:
    parts: list[str] = []
    position = 0
    for found in marks.LINK.finditer(line):
        words, address = found.groups()
        rel = "" if address.startswith("/") else f' rel="{LINK_REL}"'
        parts += [_linked(line[position : found.start()]), f'<a href="{escape(address)}"{rel}>{escape(words)}</a>']
        position = found.end()
    return "".join([*parts, _linked(line[position:])])


def _linked(line: str) -> str:
    parts: list[str] = []
    position = 0
    for match in _LINK.finditer(line):
        address = _without_trailing_punctuation(match.group())
        target = _target_of(address)
        if not _has_host(target):
            continue
        parts += [
            escape(line[position : match.start()]),
            f'<a href="{escape(target)}" rel="{LINK_REL}">{escape(address)}</a>',
        ]
        position = match.start() + len(address)
    return "".join([*parts, escape(line[position:])])


def _target_of(address: str) -> str:
    return f"https://{address}" if address[:4].lower() == "www." else address


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # « https://[ »
        return False


def _without_trailing_punctuation(address: str) -> str:
    """Drop the punctuation of the sentence; a closing bracket stays when the address holds the opening one."""
    while (last := address[-1]) in _TRAILING or (
        last in _BRACKETS and address.count(last) > address.count(_BRACKETS[last])
    ):
        address = address[:-1]
    return address
