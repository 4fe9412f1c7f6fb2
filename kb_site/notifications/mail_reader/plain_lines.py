"""The plain text of a mail as lines: « > » marks what is quoted; lines that a program broke are joined again.

RFC 3676 (format=flowed) says which breaks are the program's; elsewhere they are guessed: a program breaks a line where the
next word would have passed its width, and leaves no line much longer.
"""

import re
from itertools import pairwise

from .lines import Line

_QUOTED = re.compile(r"^[ \t\u00a0]?(?:> ?)+")
_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:\w+: [^\n]*\n)*\n(?P<words>.*?)\n-----BEGIN PGP SIGNATURE-----",
    re.MULTILINE | re.DOTALL,
)
_NEW_ITEM = re.compile(r"[-*•–—·o]\s|\d{1,2}[.)]\s|[A-Z]\)\s|>|https?://\S+$")
_ENDS_SENTENCE = re.compile(r"[.!?…:»)]$")
_LONG_WORD = re.compile(r"\S{40}")
NARROWEST, WIDEST = 60, 80  # characters of the longest line of a text that a program broke: they do it at 65 to 78
NARROWEST_BREAK = 68  # characters that a line and the word after it would have had together
_DELIMITER = "-- "


def lines_of_plain(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Line]:
    """Return the lines of a plain text, without the armour of one that is signed in clear (RFC 4880)."""
    if armoured := _SIGNED.search(text):
        text = re.sub(r"^- ", "", armoured["words"], flags=re.MULTILINE)
    lines = [_line(one) for one in text.split("\n")]
    return _unflowed(lines, delsp=delsp) if flowed else lines


def _line(text: str) -> Line:
    mark = _QUOTED.match(text)
    return Line(text[mark.end() :], quoted=True) if mark else Line(text)


def _unflowed(lines: list[Line], *, delsp: bool) -> list[Line]:
    joined: list[Line] = []
    flowing = False
    for line in lines:
        # RFC 3676: a space was put before the lines that begin with one.
        text = line.text[1:] if line.text.startswith(" ") and not line.quoted else line.text
        before = ""
        if flowing and joined[-1].quoted == line.quoted and text != _DELIMITER:
            before = joined.pop().text
            before = before[:-1] if delsp else before
        joined.append(Line(before + text, line.quoted))
        flowing = text.endswith(" ") and text != _DELIMITER
    return joined


def unwrapped(lines: list[str]) -> list[str]:
    """Return the writer's lines, those that a program broke being whole again."""
    width = max((len(line.rstrip()) for line in lines if not _LONG_WORD.search(line)), default=0)
    if not NARROWEST <= width <= WIDEST:  # nothing was broken, or each paragraph is a line
        return lines
    # A program breaks lines anywhere, its writer after a sentence: what only ends there was typed so.
    if not any(
        _goes_on(one, next_one) and not _ENDS_SENTENCE.search(one.rstrip()) for one, next_one in pairwise(lines)
    ):
        return lines
    joined: list[str] = []
    before = ""  # the line just read, as it was
    for line in lines:
        if joined and _goes_on(before, line):
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
        else:
            joined.append(line)
        before = line
    return joined


def _goes_on(before: str, after: str) -> bool:
    """Whether a program broke one line in these two: the next word would not have held."""
    before, after = before.rstrip(), after.strip()
    if not before or not after or _NEW_ITEM.match(after):
        return False
    return len(before) + 1 + len(after.split()[0]) > NARROWEST_BREAK
