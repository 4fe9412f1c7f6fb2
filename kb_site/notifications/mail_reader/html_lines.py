"""The HTML of a mail as lines: what its program marks as quoted or as a signature is left out by structure.

Programs say it in attributes: a `type="cite"`, a class or an id that holds « quote », « cite » or « signature », whatever
the program (gmail_quote, protonmail_quote, yahoo_quoted, ik_mail_quote, moz-cite-prefix, k9mail-signature…). What they say
in words only (« De : … Envoyé : … », « Le … a écrit : ») is left to quotations.py.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from .lines import OURS, SIGNATURE_ENDS, Line

_SKIPPED = {
    "head",
    "style",
    "script",
    "title",
    "template",
    "noscript",
    "object",
    "svg",
    "select",
    "button",
    "audio",
    "video",
}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre",
    "section", "article", "header", "footer", "hr", "address", "center", "dl", "dt", "dd", "form", "fieldset", "body",
    "main", "aside", "figure", "caption",
}  # fmt: skip
_QUOTE = re.compile(r"quote|quoted|(?:^|[^a-z])cite|cite-?prefix|reply-?intro|forward-container|reference-message")
_SIGNATURE = re.compile(r"signature")
# Below these, Outlook puts the message answered to, in the same flow; Zimbra below its divider.
_END = re.compile(r"divrplyfwdmsg|replysplit|olk_src_body_section|__divider__|__quoted_text__|__headers__")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])")
_BAR = re.compile(r"border-left\s*:\s*(?!none|0)|border-left-width\s*:\s*[1-9]|border-left-style\s*:\s*solid")
_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SAFE_LINK = re.compile(r"^https://[\w.]{1,60}\.safelinks\.protection\.outlook\.com/.{0,20}[?&]url=([^&]{1,2000})")
_ATTRIBUTES = ("id", "class", "data-marker", "name")
LONGEST_CELL = 200
LONGEST_EMOJI = 12  # characters: several are joined in one


def lines_of_html(source: str) -> list[Line]:
    """Return the lines that a mail reader would show."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=False, remove_pis=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing there
        return []
    page = _Page(source)
    page.read(root)
    return page.lines


def _named(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in _ATTRIBUTES).lower()


def _style(element: Any) -> str:
    return (element.get("style") or "").lower()


def _text(element: Any) -> str:
    return _SPACES.sub(" ", str(element.xpath("string()"))).strip()


def _is_quotation(element: Any) -> bool:
    if (element.get("type") or "").lower() == "cite" or "cite" in element.attrib:
        return True
    if element.tag == "blockquote":
        return bool(_BAR.search(_style(element)) or _QUOTE.search(_named(element)) or OURS.search(_text(element)))
    if not _QUOTE.search(_named(element)):
        return False
    # The frame around a quotation may hold answers too, written between its pieces.
    return not any(child.tag == "blockquote" and _is_quotation(child) for child in element)


def _is_data_table(table: Any) -> bool:
    """Whether its cells hold words to read beside one another; else it only lays the page out."""
    rows = table.xpath(".//tr")
    if table.xpath(".//table|.//img|.//ul|.//ol|.//blockquote") or not rows:
        return False
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    several = any(sum(bool(_text(cell)) for cell in row) > 1 for row in rows)
    return several and all(
        len(_text(cell)) <= LONGEST_CELL and len([one for one in cell.iter("p", "div", "br") if _text(one)]) <= 1
        for cell in cells
    )


class _Page:
    """Walks the elements in order, without recursion: a hostile mail is as deep as it likes."""

    def __init__(self, source: str) -> None:
        self.lines: list[Line] = []
        self.words = ""
        self.pre = 0
        self.tables: list[bool] = []  # for each open table, whether it is one of data
        self.lists: list[int] = []  # for each open list, its next number; 0: bullets
        self.bullet = ""
        # Word and Outlook write a paragraph a line, without space around.
        self.spaced = not re.search(r"\bp\b[^{}]{0,200}\{[^}]{0,200}margin|MsoNormal", source[:20_000], re.IGNORECASE)

    def read(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "comment":
                self.add(element.tail)
                continue
            if event == "start":
                if not self.enter(element):
                    walk.skip_subtree()
                    if self.lines and self.lines[-1].end:
                        return
                    element.set("skipped", "1")
                continue
            if element.get("skipped") is None:
                self.leave(element)
            self.add(element.tail)
        self.end_line()

    def enter(self, element: Any) -> bool:  # noqa: PLR0911 (a run of guards, each with its reason)
        """Begin an element; False when what is in it is not to be read."""
        tag, named, style = element.tag, _named(element), _style(element)
        if tag in _SKIPPED or _HIDDEN.search(style):
            return False
        if _END.search(named):
            self.end_line()
            self.lines.append(Line(end=True))
            return False
        if _is_quotation(element):
            self.end_line()
            self.lines.append(Line(_text(element)[:200], quoted=True))
            return False
        if "mso-list:ignore" in style.replace(" ", ""):
            mark = _text(element)
            self.bullet = f"{mark} " if re.match(r"\w{1,3}[.)]", mark) else "- "
            return False
        if _SIGNATURE.search(named) and tag not in ("body", "html", "a"):
            self.end_line()
            self.lines += [Line("-- "), *(Line(text) for text in _texts_of(element)), Line(SIGNATURE_ENDS)]
            return False
        if tag == "br":
            self.end_line(forced=True)
        elif tag == "img":
            self.add(_emoji(element))
        elif tag == "a":
            self.link(element)
            return False
        elif tag in _BLOCKS:
            self.open_block(element)
        self.pre += int(tag == "pre" or bool(_PRE.search(style)))
        self.add(element.text)
        return True

    def open_block(self, element: Any) -> None:
        tag = element.tag
        if tag == "table":
            self.end_line()
            self.tables.append(_is_data_table(element))
        elif tag in ("td", "th") and self.in_data:
            if self.words.strip():
                self.words = f"{self.words.rstrip()} | "
            return
        elif self.in_data and tag != "tr":
            return
        self.end_line()
        if tag in ("ul", "ol"):
            self.lists.append(int(tag == "ol"))
        elif tag == "li":
            number = self.lists[-1] if self.lists else 0
            self.bullet = f"{number}. " if number else "- "
            if number:
                self.lists[-1] += 1

    def leave(self, element: Any) -> None:
        tag = element.tag
        self.pre -= int(tag == "pre" or bool(_PRE.search(_style(element))))
        if tag == "table" and self.tables:
            self.end_line()
            self.tables.pop()
        elif tag in ("ul", "ol") and self.lists:
            self.end_line()
            self.lists.pop()
        elif tag in _BLOCKS and not (self.in_data and tag != "tr"):
            self.end_line()
            if tag == "p" and self.spaced and not re.search(r"margin", _style(element)):
                self.lines.append(Line())

    @property
    def in_data(self) -> bool:
        return bool(self.tables and self.tables[-1])

    def link(self, element: Any) -> None:
        label, address = _text(element), _target(element.get("href") or "")
        if any(True for _one in element.iter("img")) and not label:
            return
        self.add(label)
        bare = re.sub(r"^https?://(?:www\.)?|/$", "", address)
        if address.startswith(("http://", "https://")) and bare not in label.rstrip("/") and label:
            self.add(f" ({address})")

    def add(self, text: str | None) -> None:
        if not text:
            return
        if not self.pre:
            text = _SPACES.sub(" ", text)
            self.words += text.lstrip(" ") if self.words.endswith(" ") else text
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.words += first
        for line in rest:
            self.end_line(forced=True)
            self.words = line

    def end_line(self, *, forced: bool = False) -> None:
        """Close the line being written. An empty one stands only where a break was asked for."""
        words = self.words.strip(" \u00a0" if not self.pre else "")
        held_a_space = "\u00a0" in self.words
        self.words = ""
        if words.strip():
            self.lines.append(Line(self.bullet + words))
            self.bullet = ""
        elif forced or held_a_space:
            self.lines.append(Line())


def _texts_of(element: Any) -> Iterator[str]:
    alone = copy.deepcopy(element)
    alone.attrib.clear()
    alone.tail = None
    inner = _Page("")
    inner.read(alone)
    return (line.text for line in inner.lines if not line.quoted and line.text != SIGNATURE_ENDS)


def _emoji(image: Any) -> str:
    """Return the emoji that Gmail and Outlook draw as pictures; other pictures say nothing."""
    said = image.get("data-emoji") or image.get("alt") or ""
    return said if 0 < len(said) <= LONGEST_EMOJI and not re.search(r"[\w\s]", said, re.ASCII) else ""


def _target(address: str) -> str:
    """Return where a link leads, out of Outlook's wrapping of links."""
    wrapped = _SAFE_LINK.match(address)
    return unquote(wrapped.group(1)) if wrapped else address.strip()
