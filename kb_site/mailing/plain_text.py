"""The text of a mail, read from its HTML.

Kept libraries were tried: html2text escapes what people type as if it were Markdown (« 1. » becomes « 1\\. »), inscriptis
writes links as « [label](address) ». Mails are made of a few elements only; docs/how-to/add-a-mail.md lists them.
"""

import re
import textwrap

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

SPACES = re.compile(r"[ \t\r\n\f]+")  # as HTML has it: a no-break space is a character like another
QUOTE_INDENT = " " * 4


def text_of(body: str) -> str:
    """Return the blocks of a mail's HTML as text, an empty line between two; every address is written in full.

    A link reads « label : address »; the address is on the next line where the link opens a heading or a list item. What
    people typed is shown as typed. An element that mails do not use counts as words in a line.
    """
    return "\n\n".join(filter(None, map(_block, BeautifulSoup(body, "html.parser").children)))


def _block(node: object) -> str:
    if not isinstance(node, Tag):
        return _tidy(str(node)) if type(node) is NavigableString else ""
    match node.name:
        case "ul" | "ol":
            return "\n".join(_items(node))
        case "blockquote":
            return textwrap.indent(_line(node), QUOTE_INDENT)
        case "table":
            rows = (row.find_all(["th", "td"]) for row in node.find_all("tr"))
            return "\n".join(" : ".join(map(_line, cells)) for cells in rows)
    return _line(node)


def _items(items: Tag) -> list[str]:
    marks = (f"{number}. " if items.name == "ol" else "- " for number in range(1, len(items.contents) + 1))
    return [
        mark + textwrap.indent(_line(item), " " * len(mark)).lstrip(" ")
        for mark, item in zip(marks, items.find_all("li", recursive=False), strict=False)
    ]


def _line(node: Tag) -> str:
    return _tidy(_words(node))


def _tidy(words: str) -> str:
    return "\n".join(line.strip(" ") for line in words.strip(" \n").split("\n"))


def _words(node: Tag) -> str:
    """Return the words inside an element, its line breaks alone breaking lines."""
    words, after_link = "", False
    for child in node.children:
        if isinstance(child, Tag) and child.name == "a":
            # Links side by side, such as the answers to a date, stand one below the other.
            words += ("\n" if after_link else "") + _link(
                child, is_title=node.name in {"li", "h1", "h2"} and not words.strip()
            )
            after_link = True
        elif isinstance(child, Tag):
            words += "\n" if child.name == "br" else _words(child)
            after_link = False
        elif type(child) is NavigableString:  # neither a comment nor a doctype
            words += SPACES.sub(" ", child)
            after_link = after_link and not child.strip()
    return words


def _link(link: Tag, *, is_title: bool) -> str:
    label, address = _line(link), str(link.get("href", ""))
    if label == address or not address.startswith(("https://", "http://")):
        return label  # a telephone number or an e-mail address says all in its label
    return f"{label}\n{address}" if is_title else f"{label} : {address}"
