"""Read a table sent by somebody: CSV or XLSX, never trusted, never larger than what an editor writes."""

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from kb_site.control_characters import without_control_characters

from ..spreadsheet_cells import without_guard

MAXIMUM_BYTES = 5 * 1024 * 1024
MAXIMUM_UNZIPPED = 60 * 1024 * 1024
MAXIMUM_PARTS = 200
# What reading a workbook costs is its number of tags: ten a cell, at three microseconds each.
MAXIMUM_TAGS = 1_000_000
# Styles, names and properties, which are read whole before the first row.
MAXIMUM_TAGS_AROUND = 60_000
MAXIMUM_ROWS = 2000
MAXIMUM_LINES = 20_000  # empty ones included
MAXIMUM_COLUMNS = 80
MAXIMUM_CELL = 20_000
MEBIBYTE = 1024 * 1024
XLSX_SIGNATURE = b"PK\x03\x04"


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says why, in French."""


@dataclass(frozen=True)
class Table:
    """The headings of a file and its rows: number of the line in the file, cells by heading."""

    headings: list[str]
    rows: list[tuple[int, dict[str, str]]]


def read_table(content: bytes) -> Table:
    """Return the table of a file, told by its first bytes. Raises FileRefused."""
    if len(content) > MAXIMUM_BYTES:
        raise FileRefused(_("Le fichier dépasse %s Mo.") % (MAXIMUM_BYTES // MEBIBYTE))
    if not content.strip():
        raise FileRefused(_("Le fichier est vide."))
    lines = _xlsx_lines(content) if content.startswith(XLSX_SIGNATURE) else _csv_lines(content)
    return _table(lines)


def _table(lines: Any) -> Table:
    headings: list[str] = []
    rows: list[Any] = []
    for number, cells in enumerate(lines, 1):
        if number > MAXIMUM_LINES:
            raise FileRefused(_("Le fichier a trop de lignes vides."))
        if not any(cells):
            continue
        if len(cells) > MAXIMUM_COLUMNS:
            raise FileRefused(_("Le fichier a plus de %s colonnes.") % MAXIMUM_COLUMNS)
        if any(len(cell) > MAXIMUM_CELL for cell in cells):
            raise FileRefused(_("Ligne %s : une cellule est trop longue.") % number)
        if not headings:
            headings = cells
            continue
        if len(rows) >= MAXIMUM_ROWS:
            raise FileRefused(_("Le fichier a plus de %s fiches : coupez-le en plusieurs.") % MAXIMUM_ROWS)
        rows.append((number, dict(zip(headings, cells, strict=False))))
    if not rows:
        raise FileRefused(_("Le fichier n’a aucune ligne sous ses titres de colonnes."))
    return Table([heading for heading in headings if heading], rows)


def _csv_lines(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what French spreadsheets write by default
    first = text.lstrip().partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [without_guard(without_control_characters(cell).strip()) for cell in row]
    except csv.Error as error:
        raise FileRefused(_("Ce fichier n’est pas un tableau CSV lisible.")) from error


def _xlsx_lines(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            # The sizes are those that the archive declares; reading past them fails, so they bound what is unpacked.
            if len(parts) > MAXIMUM_PARTS or sum(part.file_size for part in parts) > MAXIMUM_UNZIPPED:
                raise FileRefused(_("Ce classeur est trop gros une fois ouvert."))
            _refuse_long_reading(archive)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_col=MAXIMUM_COLUMNS + 1, values_only=True):
            yield _trimmed([_text(value) for value in row])
    except FileRefused:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise on a file made to hurt
        raise FileRefused(_("Ce fichier n’est pas un classeur XLSX lisible.")) from error


def _refuse_long_reading(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that would be read for long, before it is: by what its parts hold, not by their weight.

    A few kilobytes hold millions of cells, or of shared strings. Raises FileRefused.
    """
    table = around = 0
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as file:
                content = file.read(MAXIMUM_UNZIPPED)
            # No spreadsheet writes any; a few can grow without end.
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise FileRefused(_("Ce fichier n’est pas un classeur XLSX lisible."))
            if part.filename.startswith("xl/worksheets/") or part.filename == "xl/sharedStrings.xml":
                table += content.count(b"<")
            else:
                around += content.count(b"<")
        if table > MAXIMUM_TAGS or around > MAXIMUM_TAGS_AROUND:
            raise FileRefused(_("Ce classeur est trop gros une fois ouvert."))


def _text(value: Any) -> str:
    return "" if value is None else without_control_characters(str(value)).strip()


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
