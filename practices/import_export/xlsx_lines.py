"""The lines of an XLSX workbook: of its sheet of cards, whatever its size says and wherever it stands."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .cell_texts import formula_without_value, text_of
from .limits import (
    MAXIMUM_COLUMNS,
    MAXIMUM_PARTS,
    MAXIMUM_TAGS,
    MAXIMUM_TAGS_AROUND,
    MAXIMUM_UNZIPPED,
    FileRefused,
)

LOOKED_AT = 20  # the first lines of a sheet, where its headings are


def xlsx_lines(content: bytes, is_heading: Callable[[str], bool]) -> Iterator[list[str]]:
    """Yield the cells of each line of the visible sheet that has most headings of ours. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            # The sizes are those that the archive declares; reading past them fails, so they bound what is unpacked.
            if len(parts) > MAXIMUM_PARTS or sum(part.file_size for part in parts) > MAXIMUM_UNZIPPED:
                raise FileRefused(_("Ce classeur est trop gros une fois ouvert."))
            has_formulas = _refuse_long_reading(archive)
        sheet = _sheet_of(content, is_heading)
        formulas = _sheet_named(content, sheet.title) if has_formulas else None
        yield from _lines(sheet, formulas)
    except FileRefused:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise on a file made to hurt
        raise FileRefused(_("Ce fichier n’est pas un classeur XLSX lisible.")) from error


def _open(content: bytes, *, values: bool) -> Any:
    return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)


def _sheet_of(content: bytes, is_heading: Callable[[str], bool]) -> Any:
    book = _open(content, values=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    for sheet in visible:
        sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    return max(visible, key=lambda sheet: _headings(sheet, is_heading))


def _headings(sheet: Any, is_heading: Callable[[str], bool]) -> int:
    rows = sheet.iter_rows(max_row=LOOKED_AT, max_col=MAXIMUM_COLUMNS + 1, values_only=True)
    return max((sum(is_heading(text_of(value)) for value in row) for row in rows), default=0)


def _sheet_named(content: bytes, title: str) -> Any:
    sheet = _open(content, values=False)[title]
    sheet.reset_dimensions()
    return sheet


def _lines(sheet: Any, formulas: Any) -> Iterator[list[str]]:
    rows = sheet.iter_rows(max_col=MAXIMUM_COLUMNS + 1)
    if formulas is None:
        for row in rows:
            yield trimmed([text_of(cell.value) for cell in row])
        return
    for row, written in zip(rows, formulas.iter_rows(max_col=MAXIMUM_COLUMNS + 1), strict=False):
        cells = []
        for place, cell in enumerate(row):
            # A formula whose result is an empty text says so (« str »).
            unknown = cell.value is None and cell.data_type != "str" and place < len(written)
            is_formula = unknown and written[place].data_type == "f"
            cells.append(formula_without_value() if is_formula else text_of(cell.value))
        yield trimmed(cells)


def trimmed(cells: list[str]) -> list[str]:
    """Return the cells without the empty ones at the end."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _refuse_long_reading(archive: zipfile.ZipFile) -> bool:
    """Refuse a workbook that would be read for long, before it is: by what its parts hold, not by their weight.

    A few kilobytes hold millions of cells, or of shared strings. Return whether it holds formulas. Raises FileRefused.
    """
    table = around = 0
    has_formulas = False
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as file:
                content = file.read(MAXIMUM_UNZIPPED)
            # No spreadsheet writes any; a few can grow without end.
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise FileRefused(_("Ce fichier n’est pas un classeur XLSX lisible."))
            if part.filename.startswith("xl/worksheets/") or part.filename == "xl/sharedStrings.xml":
                table += content.count(b"<")
                has_formulas |= b"<f" in content
            else:
                around += content.count(b"<")
        if table > MAXIMUM_TAGS or around > MAXIMUM_TAGS_AROUND:
            raise FileRefused(_("Ce classeur est trop gros une fois ouvert."))
    return has_formulas
