"""The lines of an ODS workbook (LibreOffice), read from its one part: OpenDocument 1.3, part 3, chapter 9."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from .cell_texts import formula_without_value, text_of
from .limits import MAXIMUM_COLUMNS, MAXIMUM_LINES, MAXIMUM_TAGS, MAXIMUM_UNZIPPED, FileRefused
from .xlsx_lines import LOOKED_AT, trimmed

CONTENT = "content.xml"
_NS = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE = (f"{{{_NS}{name}:1.0}}" for name in ("table", "office", "text", "style"))
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def is_ods(content: bytes) -> bool:
    """Whether an archive is an OpenDocument spreadsheet: it says so in its first bytes."""
    return b"application/vnd.oasis.opendocument.spreadsheet" in content[:200]


def ods_lines(content: bytes, is_heading: Callable[[str], bool]) -> Iterator[list[str]]:
    """Yield the cells of each line of the visible sheet that has most headings of ours. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(CONTENT).file_size > MAXIMUM_UNZIPPED:
                raise FileRefused(_("Ce classeur est trop gros une fois ouvert."))
            with archive.open(CONTENT) as file:
                part = file.read(MAXIMUM_UNZIPPED)
        if part.count(b"<") > MAXIMUM_TAGS:
            raise FileRefused(_("Ce classeur est trop gros une fois ouvert."))
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:  # no spreadsheet writes any; a few can grow without end
            raise FileRefused(_("Ce fichier n’est pas un classeur ODS lisible."))
        body = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (zipfile.BadZipFile, KeyError, OSError, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise FileRefused(_("Ce fichier n’est pas un classeur ODS lisible.")) from error
    hidden = _hidden_styles(body)
    sheets = list(body.iter(f"{TABLE}table"))
    sheets = [sheet for sheet in sheets if sheet.get(f"{TABLE}style-name") not in hidden] or sheets
    if not sheets:
        raise FileRefused(_("Ce fichier n’est pas un classeur ODS lisible."))
    best = max(sheets, key=lambda sheet: _headings(sheet, is_heading))
    return _lines(best)


def _hidden_styles(body: Any) -> set[str]:
    """Return the names of the styles of sheets that are not shown."""
    return {
        style.get(f"{STYLE}name", "")
        for style in body.iter(f"{STYLE}style")
        for one in style.iter(f"{STYLE}table-properties")
        if one.get(f"{TABLE}display") == "false"
    }


def _headings(sheet: Any, is_heading: Callable[[str], bool]) -> int:
    lines = (line for line, _number in zip(_lines(sheet), range(LOOKED_AT), strict=False))
    return max((sum(map(is_heading, line)) for line in lines), default=0)


def _lines(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter(f"{TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in CELLS:
                times = min(_times(cell, "columns"), MAXIMUM_COLUMNS + 1 - len(cells))
                cells += [_text(cell)] * times
        line = trimmed(cells)
        # A sheet ends with a million of empty rows, said in one.
        for _time in range(min(_times(row, "rows"), MAXIMUM_LINES if line else 1)):
            yield list(line)


def _times(element: Any, what: str) -> int:
    number = element.get(f"{TABLE}number-{what}-repeated", "1")
    return int(number) if number.isdecimal() else 1


def _text(cell: Any) -> str:
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind == "date":
        return text_of(cell.get(f"{OFFICE}date-value", "").removesuffix("T00:00:00"))
    if kind in ("float", "percentage", "currency"):
        value = cell.get(f"{OFFICE}value", "")
        return text_of(value.removesuffix(".0"))
    text = "\n".join(_paragraph(one) for one in cell.findall(f"{TEXT}p"))
    if not kind and not text and cell.get(f"{TABLE}formula"):
        return formula_without_value()
    return text_of(text)


def _paragraph(element: Any) -> str:
    """Return the text of a paragraph: its spaces, tabs and line breaks are elements."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            number = child.get(f"{TEXT}c", "1")
            parts.append(" " * (min(int(number), 100) if number.isdecimal() else 1))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag != f"{OFFICE}annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
