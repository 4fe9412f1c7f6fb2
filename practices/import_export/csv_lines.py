"""The lines of a CSV file, as French spreadsheets really write them."""

import re
from collections.abc import Iterator

from ..spreadsheet_cells import without_guard
from .cell_texts import text_of

DELIMITERS = ";,\t|"
SHORTEST_UTF16 = 16  # bytes
_SEP = re.compile(r"sep=(.)[;,\t|]*\s*$", re.IGNORECASE)
# A quoted cell is well formed (RFC 4180): quotes inside are doubled, and what follows the last one ends the cell.
_QUOTED = r'[{blank}]*"((?:[^"]|"")*+)"[{blank}]*(?=[{end}\r\n]|\Z)'
_BARE = r"[^{end}\r\n]*"
_ACCENTED = frozenset("éèêëàâçùûîïôœÉÈÊÀÇÎÔŒ’«»€–…")


def csv_lines(content: bytes) -> Iterator[list[str]]:
    """Yield the cells of each line."""
    text = decoded(content)
    first, _break, rest = text.lstrip("\n\r").partition("\n")
    told = _SEP.match(first.strip("\r"))
    if told:  # a line for Excel alone, that says what stands between cells
        yield []
        yield from _cells(rest, told[1])
        return
    header = re.sub(r'"[^"]*"', "", _widest(text))
    yield from _cells(text, max(DELIMITERS, key=header.count))


def _widest(text: str) -> str:
    """Return the first line that has several cells: a title may stand above the headings."""
    lines = text.splitlines()[:20]
    return next((line for line in lines if any(line.count(mark) > 1 for mark in DELIMITERS)), lines[0] if lines else "")


def decoded(content: bytes) -> str:
    """Decode by the mark of the file, then as UTF-8, UTF-16 without a mark, or the older codes of Windows, Mac, DOS."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    head = content[:400]
    for code, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        # One byte of two is nought in text written with Latin letters; what is shorter than headings is no table.
        if len(head) >= SHORTEST_UTF16 and high.count(0) * 4 > len(high) * 3:
            return content.decode(code, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return max((content.decode(code, "replace") for code in ("cp1252", "mac-roman", "cp850")), key=_looks_french)


def _looks_french(text: str) -> int:
    """Return how much the letters beyond ASCII are those of French, in the places where French has them."""
    score = 0
    for before, letter in zip(" " + text, text, strict=False):
        if letter.isascii():
            continue
        capital_inside = letter.isupper() and before.islower()
        score += 1 if letter in _ACCENTED and not capital_inside else -1
    return score


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    """Cut a text into lines of cells; a quote that is never closed as it should is a character like another.

    The module csv would take all that follows such a quote for one cell, and lose the lines in silence.
    """
    end = re.escape(delimiter)
    blank = " " if delimiter == "\t" else " \t"
    quoted, bare = re.compile(_QUOTED.format(end=end, blank=blank)), re.compile(_BARE.format(end=end))
    at, line = 0, list[str]()
    while at <= len(text):
        if found := quoted.match(text, at):
            cell = found[1].replace('""', '"')
        else:
            found = bare.match(text, at)
            cell = found[0] if found else ""
        line.append(text_of(without_guard(cell.strip())))
        at = found.end() if found else at
        if text.startswith(delimiter, at):
            at += len(delimiter)
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        yield line
        line = []
