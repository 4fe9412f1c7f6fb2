"""HTML written elsewhere → the site's own text.

The one place that knows how the site writes a paragraph, a list, a quotation, a title and a link (practices/plain_text.py):
when its text learns more, this file follows and nothing else does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from django.utils.translation import gettext as _

TITLE, TEXT = "title", "text"
# What is never words of the page.
_DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "form",
    "button",
    "svg",
    "nav",
    "select",
    "dialog",
    "head",
    "input",
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "ul", "iframe", "video", "audio", *_HEADINGS,
}  # fmt: skip
_SHOWN_ELSEWHERE = ("iframe", "video", "audio", "embed")
_HEADING_ID = re.compile(r"\s*\{#[\w-]+\}\s*$")
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass
class Block:
    """A paragraph, a list, a quotation… (`level` 0) or a title (`level` 1 to 6), as the site writes it."""

    text: str
    level: int = 0
    marks: str = ""  # « steps » when the block is a numbered list


@dataclass
class Converted:
    """The blocks of a page, and the links that had no address of their own (« ../autre-page/ »)."""

    blocks: list[Block] = field(default_factory=list)
    lost_links: list[str] = field(default_factory=list)


def converted(html: str, *, base: str = "") -> Converted:
    """Return the blocks of this HTML. `base`: the address that its relative links start from; "" when nobody knows it."""
    soup = BeautifulSoup(html, "lxml")
    for tag in soup(_DROPPED):
        tag.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    found = Converted()
    writer = _Writer(base, found)
    found.blocks = [block for block in writer.blocks(soup) if block.text]
    return found


def site_text(blocks: list[Block]) -> str:
    """Return blocks as one text of the site: a blank line between them, « ## » before a title."""
    return "\n\n".join(f"## {block.text}" if block.level else block.text for block in blocks)


class _Writer:
    def __init__(self, base: str, found: Converted) -> None:
        self.base, self.found = base, found

    def blocks(self, node: Tag) -> Iterator[Block]:
        """Yield the blocks inside an element; words that stand between two of them are a paragraph."""
        loose: list[str] = []
        for child in node.children:
            if isinstance(child, Tag) and self._has_blocks(child):
                yield from self._paragraph(loose)
                loose = []
                yield from self._block(child)
            elif isinstance(child, Tag):
                loose.append(self.inline(child))
            elif isinstance(child, NavigableString):
                loose.append(_SPACES.sub(" ", str(child)))
        yield from self._paragraph(loose)

    def _has_blocks(self, tag: Tag) -> bool:
        return tag.name in _BLOCKS or tag.find(_BLOCKS) is not None

    @staticmethod
    def _paragraph(parts: list[str]) -> Iterator[Block]:
        if text := _trimmed("".join(parts)):
            yield Block(text)

    def _block(self, tag: Tag) -> Iterator[Block]:
        if level := _HEADINGS.get(tag.name):
            yield Block(_HEADING_ID.sub("", _in_line(self.inline(tag))), level)
        elif tag.name in ("ul", "ol"):
            yield Block("\n".join(self._items(tag)), marks="steps" if tag.name == "ol" else "")
        elif tag.name == "blockquote":
            inside = "\n".join(block.text for block in self.blocks(tag))
            yield Block("\n".join(f"> {line}" for line in inside.splitlines() if line.strip()))
        elif tag.name == "table":
            yield Block("\n".join(self._rows(tag)))
        elif tag.name == "pre":
            yield Block(tag.get_text().strip("\n"))
        elif tag.name in _SHOWN_ELSEWHERE:
            source = tag.get("src") or next((one.get("src") for one in tag.find_all("source")), "")
            yield Block(self._address(str(source or "")))
        elif tag.name == "dl":
            yield Block("\n".join(self._definitions(tag)))
        elif tag.name == "p" or not tag.find(_BLOCKS):
            yield from self._paragraph([self.inline(tag)])
        else:
            yield from self.blocks(tag)

    def _items(self, lists: Tag) -> Iterator[str]:
        for number, item in enumerate(lists.find_all("li", recursive=False), 1):
            mark = f"{number}. " if lists.name == "ol" else "- "
            inner = [one for one in item.find_all(["ul", "ol"]) if one.find_parent(["ul", "ol"]) is lists]
            for one in inner:
                one.extract()
            yield mark + _in_line(self.inline(item))
            for one in inner:
                yield from (f"- {line.removeprefix('- ')}" for line in self._items(one))

    def _definitions(self, terms: Tag) -> Iterator[str]:
        term = ""
        for child in terms.find_all(["dt", "dd"]):
            words = _in_line(self.inline(child))
            if child.name == "dt":
                term = words
            elif words:
                yield f"- {term} : {words}" if term else f"- {words}"

    def _rows(self, table: Tag) -> Iterator[str]:
        """Yield a line of a list for each row: « Colonne : valeur ; … », or its cells when columns have no heading."""
        headings: list[str] = []
        for row in table.find_all("tr"):
            cells = [_in_line(self.inline(cell)) for cell in row.find_all(["th", "td"], recursive=False)]
            if not headings and row.find("th") and not row.find("td"):
                headings = cells
                continue
            named = (
                f"{name} : {cell}" if name and name != cell else cell
                for name, cell in zip(headings or [""] * len(cells), cells, strict=False)
                if cell
            )
            if line := " ; ".join(named):
                yield f"- {line}"

    def inline(self, node: Tag) -> str:
        if node.name == "br":
            return "\n"
        if node.name == "img":
            return self._image(node)
        words = "".join(
            self.inline(child) if isinstance(child, Tag) else _SPACES.sub(" ", str(child)) for child in node.children
        )
        if node.name == "a":
            return self._link(node, words)
        return f" {words} " if node.name in _BLOCKS else words

    def _image(self, tag: Tag) -> str:
        shows, address = str(tag.get("alt") or "").strip(), self._address(str(tag.get("src") or ""))
        if not shows:
            return ""
        told = _("Image : %s") % shows
        return f"[{told}] ({address})" if address else f"[{told}]"

    def _link(self, tag: Tag, words: str) -> str:
        target = str(tag.get("href") or "").strip()
        if target.startswith(("mailto:", "tel:")):
            reached = target.partition(":")[2].partition("?")[0]
            return words if reached in words or not reached else f"{words} ({reached})"
        if not target or target.startswith("#"):
            return words
        address = self._address(target)
        if not address:
            self.found.lost_links.append(target)
            return words
        return words if address.rstrip("/") in words else f"{words} ({address})" if words.strip() else address

    def _address(self, target: str) -> str:
        """Return an address that can be followed from anywhere, "" when there is none."""
        try:
            whole = urljoin(self.base, target.strip()) if self.base else target.strip()
            if whole.startswith("//"):
                whole = f"https:{whole}"
            parts = urlsplit(whole)
        except ValueError:  # « https://[ »
            return ""
        return whole.replace(" ", "%20") if parts.scheme in ("http", "https") and parts.hostname else ""


def _trimmed(text: str) -> str:
    return "\n".join(filter(None, (re.sub(r" {2,}", " ", line).strip() for line in text.split("\n"))))


def _in_line(text: str) -> str:
    return " ".join(_trimmed(text).split("\n"))
