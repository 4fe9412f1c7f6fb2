"""French typography, at rendering: what is stored, searched and compared keeps the characters that people typed.

A colon and quotation marks keep their word by a no-break space, « ; ! ? » and units by a narrow one, an apostrophe is curved
(Lexique des règles typographiques en usage à l’Imprimerie nationale).
"""

import re
from collections.abc import Callable

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"

# Copied, typed or read by a machine: left as they are.
_AS_TYPED = re.compile(r"(<(script|style|pre|code|kbd|samp|textarea)\b[^>]*>.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
# Attributes that people read or hear; data-* hold what scripts say. A value, an address or a pattern is not among them.
_READ = re.compile(r"aria-(?:label|description|roledescription)|title|alt|placeholder|content|label|data-[\w-]+")

# What editors' rich text and some programs write for the two spaces that keep words together.
_ESCAPED_SPACE = re.compile(r"&(?:nbsp|#160|#[xX][aA]0|(#8239|#[xX]202[fF]));")

# Each begins with one character, which `re` looks for many times faster than a choice of them.
_UNIT = r"(?<=\d )(?:[%€°]|(?:h|min|s|[kKMG]o|km|kg|m|[kM]o/s|kb/s)\b)"
_SPACE = re.compile(rf" (?=([:»])|[;!?]|{_UNIT})")
_LINE_END = re.compile(r"\n\s*(?=([:»])|[;!?])")
_OPENING = re.compile(r"«[ \n]?(?![\u00a0\u202f])")
_CLOSING = re.compile(r"»(?<=[^\s«]»)")
_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_]|«)")
_ESCAPED_APOSTROPHE = re.compile(r"&#x27;(?<=[^\W\d_]&#x27;)(?=[^\W\d_]|«)")
_QUOTED = re.compile(r"&quot;(?<![\w=]&quot;)((?! )[^<>&\"\n]*[^<>&\"\s])&quot;(?!\w)")
_ELLIPSIS = re.compile(r"\.\.\.(?<=[^\W_]\.\.\.)(?![\w./])")


def typeset(text: str) -> str:
    """Return a text that is not HTML (a document, a calendar, a feed) as French is set."""
    text = _SPACE.sub(_space, text)
    text = _CLOSING.sub(f"{NO_BREAK}»", _OPENING.sub(f"«{NO_BREAK}", text))
    return _ELLIPSIS.sub("…", _APOSTROPHE.sub("’", text))


def typeset_html(html: str) -> str:
    """Return a page, or a part of one, as French is set: its texts, and the attributes that people read.

    Idempotent, since a part is set when it is rendered and again with its page. A « < » or « > » that nobody escaped can
    only leave something unset.
    """
    parts = _AS_TYPED.split(html)
    for at in range(0, len(parts), 3):  # between them stand what is left as typed, and the name of its element
        parts[at] = _typeset_markup(parts[at])
    return "".join(part for at, part in enumerate(parts) if at % 3 < 2)  # noqa: PLR2004


def _typeset_markup(html: str) -> str:
    html = _ESCAPED_SPACE.sub(lambda found: NARROW if found[1] else NO_BREAK, html)
    html = _LINE_END.sub(_where(_is_read, _space), _SPACE.sub(_where(_is_read, _space), html))
    html = _OPENING.sub(_where(_is_read, lambda _found: f"«{NO_BREAK}"), html)
    html = _CLOSING.sub(_where(_is_read, lambda _found: f"{NO_BREAK}»"), html)
    for apostrophe in (_ESCAPED_APOSTROPHE, _APOSTROPHE):
        html = apostrophe.sub(_where(_is_text, lambda _found: "’"), html)
    html = _QUOTED.sub(_where(_is_text, lambda found: f"«{NO_BREAK}{found[1]}{NO_BREAK}»"), html)
    return _ELLIPSIS.sub(_where(_is_text, lambda _found: "…"), html)


def _space(found: re.Match[str]) -> str:
    return NO_BREAK if found[1] else NARROW


def _where(holds: Callable[[str, int], bool], become: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """Return a replacement for `re.sub` that changes only what stands where `holds` (the markup, a place in it) says."""
    return lambda found: become(found) if holds(found.string, found.start()) else found[0]


def _is_text(html: str, at: int) -> bool:
    """Whether a place stands between elements: a tag ends before it, and another begins after it."""
    if html.rfind("<", 0, at) > html.rfind(">", 0, at):
        return False
    closing = html.find(">", at)
    return closing < 0 or html.find("<", at, closing) >= 0


def _is_read(html: str, at: int) -> bool:
    """Whether a place stands between elements, or in an attribute that people read."""
    if _is_text(html, at):
        return True
    tag = html.rfind("<", 0, at)
    value = html.rfind('="', tag, at)
    if tag < 0 or value < 0 or html.find('"', value + 2, at) >= 0:
        return False
    return _READ.fullmatch(html[tag:value].rsplit(maxsplit=1)[-1]) is not None
