"""The same report as files: a document to send, a workbook, and a CSV that French spreadsheets open."""

import csv
import io

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from kb_site.control_characters import without_control_characters
from kb_site.french.typography import typeset
from kb_site.office_documents import add_table, blank_document

from .periods import Period
from .report import Table

SHEET_TITLE_LENGTH = 31
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def _plain(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    text = without_control_characters(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(period: Period, tables: list[Table]) -> bytes:
    """Return every table one under the other, separated by semicolons, marked as UTF-8 for spreadsheets."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([period.label])
    for table in tables:
        writer.writerows([[], [table.title], table.columns, *([_plain(cell) for cell in row] for row in table.rows)])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(period: Period, tables: list[Table]) -> bytes:
    """Return a workbook with one sheet a table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.title[:SHEET_TITLE_LENGTH].replace("/", " "))
        sheet.append([table.title, period.label])
        sheet.append(list(table.columns))
        for cell in (*sheet[1], *sheet[2]):
            cell.font = Font(bold=True)
        for row in table.rows:
            sheet.append([_plain(cell) for cell in row])
        sheet.column_dimensions["A"].width = 48
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_docx(period: Period, tables: list[Table], *, foreword: str, method: str) -> bytes:
    """Return the report as a document: title, words of the coordination, tables, how to read the figures."""
    title = _("Rapport d’activité et de besoins")
    office = blank_document(title=f"{title}, {period.label}")
    office.add_heading(title, level=0)
    office.add_paragraph(typeset(capfirst(period.label)))
    for paragraph in filter(None, (part.strip() for part in without_control_characters(foreword).splitlines())):
        office.add_paragraph(typeset(paragraph))
    for table in tables:
        office.add_heading(typeset(table.title), level=1)
        if table.rows:
            add_table(office, table.columns, table.rows)
        else:
            office.add_paragraph(_("Trop peu de personnes ou de structures : rien à montrer."))
    office.add_heading(_("Comment lire ces chiffres"), level=1)
    office.add_paragraph(typeset(method))
    stream = io.BytesIO()
    office.save(stream)
    return stream.getvalue()
