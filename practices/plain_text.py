"""Plain text typed by people, as safe HTML: paragraphs, lists, links and, for editors' texts, titles."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

ALLOWED_TAGS = {"p", "br", "ul", "li", "a", "h2", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}
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
_ROW_MARK = "| "
QUOTED_LENGTH = 400


def plain_text_to_html(text: str, headings: bool = False) -> SafeString:
    """Return the text as HTML in which nothing typed is taken for markup.

    A blank line ends a paragraph, « - » opens a line of a list, « > » a line of a quotation, an http(s) or « www. » address becomes a link that search
    engines do not follow; with `headings`, a line « ## x » becomes a title of level 2 and lines « | a | b » a table, whose first is
    its headings. nh3 checks the result again, so that
    a mistake made here cannot become a hole.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    html = "".join(_blocks(lines, headings))
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}, "th": {"scope"}},
        url_schemes={"http", "https"},
        link_rel=LINK_REL,
    )
    return mark_safe(clean)  # noqa: S308 (escaped above, then cleaned)


def links_in(text: str) -> list[str]:
    """Return the http(s) addresses written in a text, as `plain_text_to_html` would link them."""
    found = (_target_of(_without_trailing_punctuation(match.group())) for match in _LINK.finditer(text))
    return [address for address in found if _has_host(address)]


def plain_text_in_line(text: str) -> str:
    """Return the text on one line, its lists in a sentence: « Pas pour : - x - y » becomes « Pas pour : x ; y »."""
    line = ""
    for part in filter(None, (part.strip() for part in text.splitlines())):
        item = part.removeprefix(_LIST_MARK).rstrip(" ;\u00a0\u202f")
        joint = " ; " if item != part and line and not line.endswith(":") else " "
        line += joint + item if line else item
    return line


def quote(text: str) -> str:
    """Return the beginning of a text as a quotation to answer under; quotations inside it are left out."""
    lines = [line for line in text.strip().splitlines() if line.strip() and not line.startswith(_QUOTE_MARK.strip())]
    kept = Truncator("\n".join(lines)).chars(QUOTED_LENGTH)
    return "".join(f"{_QUOTE_MARK}{line}\n" for line in kept.splitlines()) + "\n"


def _blocks(lines: list[str], headings: bool) -> Iterator[str]:
    paragraph: list[str] = []
    items: list[str] = []
    quoted: list[str] = []
    rows: list[list[str]] = []
    for line in [*(line.strip() for line in lines), ""]:
        is_quote = line.startswith(_QUOTE_MARK)
        if quoted and not is_quote:
            yield f"<blockquote><p>{'<br>'.join(quoted)}</p></blockquote>"
            quoted = []
        is_item = line.startswith(_LIST_MARK)
        is_heading = headings and line.startswith(_HEADING_MARK)
        is_row = headings and line.startswith(_ROW_MARK)
        if rows and not is_row:
            yield _table(rows)
            rows = []
        if items and not is_item:
            yield "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
            items = []
        if paragraph and (is_item or is_heading or is_quote or is_row or not line):
            yield f"<p>{'<br>'.join(paragraph)}</p>"
            paragraph = []
        if is_item:
            items.append(_inline(line.removeprefix(_LIST_MARK)))
        elif is_quote:
            quoted.append(_inline(line.removeprefix(_QUOTE_MARK)))
        elif is_heading:
            yield f"<h2>{_inline(line.removeprefix(_HEADING_MARK))}</h2>"
        elif is_row:
            rows.append(cells_of(line))
        elif line:
            paragraph.append(_inline(line))


def cells_of(line: str) -> list[str]:
    """Return the cells of a line « | a | b »."""
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _table(rows: list[list[str]]) -> str:
    def row(cells: list[str], tag: str, scope: str = "") -> str:
        opened = f'<{tag} scope="{scope}">' if scope else f"<{tag}>"
        return "".join(f"{opened}{_inline(cell)}</{tag}>" for cell in cells)

    head = f"<thead><tr>{row(rows[0], 'th', 'col')}</tr></thead>"
    body = "".join(f"<tr>{row(line[:1], 'th', 'row')}{row(line[1:], 'td')}</tr>" for line in rows[1:])
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _inline(line: str) -> str:
    parts: list[str] = []
    position = 0
    for match in _LINK.finditer(line):
        address = _without_trailing_punctuation(match.group())
        target = _target_of(address)
        if not _has_host(target):
            continue
        parts += [escape(line[position : match.start()]), f'<a href="{escape(target)}">{escape(address)}</a>']
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
