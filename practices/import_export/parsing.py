"""A table of cards, whatever its file: CSV, XLSX or ODS, as spreadsheets really make them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from ..text_normalization import folded
from .columns import IDENTIFIER, Column, all_columns
from .csv_lines import csv_lines
from .documents.reading import is_documents, read_documents
from .limits import (
    MAXIMUM_ARCHIVE,
    MAXIMUM_BYTES,
    MAXIMUM_CELL,
    MAXIMUM_COLUMNS,
    MAXIMUM_LINES,
    MAXIMUM_ROWS,
    MEBIBYTE,
    FileRefused,
)
from .ods_lines import is_ods, ods_lines
from .tables import Table
from .xlsx_lines import LOOKED_AT, xlsx_lines

ZIP_SIGNATURE = b"PK\x03\x04"
# Excel before 2007, and workbooks under a password: Microsoft's compound files.
COMPOUND_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADINGS_LEAST = 2  # what tells a row of headings from a title above it


def read_file(content: bytes, *, name: str = "", columns: Sequence[Column] = (), base: str = "") -> Table:
    """Return what a file holds: the rows of a table, or documents. Raises FileRefused.

    `base`: the address of the site that documents come from, when it is known.
    """
    if is_documents(content, name):
        if len(content) > MAXIMUM_ARCHIVE:
            raise FileRefused(_("Le fichier dépasse %s Mo.") % (MAXIMUM_ARCHIVE // MEBIBYTE))
        return read_documents(content, name, base=base)
    return read_table(content, columns)


def read_table(content: bytes, columns: Sequence[Column] = ()) -> Table:
    """Return the table of a file, told by its first bytes; `columns`: those it may have (of cards). Raises FileRefused."""
    if len(content) > MAXIMUM_BYTES:
        raise FileRefused(_("Le fichier dépasse %s Mo.") % (MAXIMUM_BYTES // MEBIBYTE))
    if not content.strip():
        raise FileRefused(_("Le fichier est vide."))
    if content.startswith(COMPOUND_SIGNATURE):
        raise FileRefused(
            _("Ce classeur est d’un ancien format, ou protégé : enregistrez-le en XLSX ou en ODS, sans mot de passe.")
        )
    known = {folded(IDENTIFIER), *(folded(column.heading) for column in columns or all_columns())}

    def is_heading(text: str) -> bool:
        return folded(text) in known

    if content.startswith(ZIP_SIGNATURE):
        lines = ods_lines(content, is_heading) if is_ods(content) else xlsx_lines(content, is_heading)
    else:
        lines = csv_lines(content)
    return _table(lines, known)


def _table(lines: Iterable[list[str]], known: set[str]) -> Table:
    filled: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(lines, 1):
        if number > MAXIMUM_LINES:
            raise FileRefused(_("Le fichier a trop de lignes vides."))
        if not any(cells):
            continue
        if len(cells) > MAXIMUM_COLUMNS:
            raise FileRefused(_("Le fichier a plus de %s colonnes.") % MAXIMUM_COLUMNS)
        if any(len(cell) > MAXIMUM_CELL for cell in cells):
            raise FileRefused(_("Ligne %s : une cellule est trop longue.") % number)
        if len(filled) > MAXIMUM_ROWS + LOOKED_AT:
            raise FileRefused(_("Le fichier a plus de %s fiches : coupez-le en plusieurs.") % MAXIMUM_ROWS)
        filled.append((number, cells))
    if not filled:
        raise FileRefused(_("Le fichier n’a aucune ligne sous ses titres de colonnes."))
    place = _place_of_headings([cells for _number, cells in filled[:LOOKED_AT]], known)
    headings, below = filled[place][1], filled[place + 1 :]
    if len(below) > MAXIMUM_ROWS:
        raise FileRefused(_("Le fichier a plus de %s fiches : coupez-le en plusieurs.") % MAXIMUM_ROWS)
    if not below:
        raise FileRefused(_("Le fichier n’a aucune ligne sous ses titres de colonnes."))
    spelled: dict[str, str] = {}  # a heading written twice goes by its first spelling
    for heading in filter(None, headings):
        spelled.setdefault(folded(heading), heading)
    rows = [(number, _by_heading(headings, spelled, cells, known)) for number, cells in below]
    return Table(list(spelled.values()), rows)


def _place_of_headings(lines: list[list[str]], known: set[str]) -> int:
    """Return which line holds the headings: the first one, unless a line under a title has more of ours."""
    counts = [len({folded(cell) for cell in cells} & known) for cells in lines]
    best = max(counts)
    return counts.index(best) if best >= HEADINGS_LEAST else 0


def _by_heading(headings: list[str], spelled: dict[str, str], cells: list[str], known: set[str]) -> dict[str, str]:
    """Return the cells of a line by heading. Raises FileRefused when two columns of ours say different things under one."""
    found: dict[str, str] = {}
    for heading, cell in zip(headings, cells, strict=False):
        if not heading:
            continue
        name = spelled[folded(heading)]
        if cell and found.get(name) and found[name] != cell and folded(name) in known:
            raise FileRefused(_("La colonne « %s » est deux fois dans le fichier : gardez-en une.") % name)
        found[name] = found.get(name) or cell
    return found
