"""Documents for office suites: A4, in French, with true headings and tables whose first row is repeated."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from .french.typography import typeset
from .identity.face import face

WIDTH, HEIGHT, MARGIN = Mm(210), Mm(297), Mm(20)
TITLE_MOST = 255  # what the format takes


def blank_document(*, title: str) -> Any:
    """Return an empty document, said to be of the site: nobody is its author by name."""
    office = Document()
    office.core_properties.title = title[:TITLE_MOST]
    office.core_properties.author = face().name
    office.core_properties.language = "fr-FR"
    for section in office.sections:
        section.page_width, section.page_height = WIDTH, HEIGHT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for properties in office.styles.element.iter(qn("w:rPr")):
        for spoken in properties.findall(qn("w:lang")):
            spoken.set(qn("w:val"), "fr-FR")
    return office


def add_table(office: Any, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Add a table; its headings come again at the top of each page."""
    table = office.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(typeset(words)).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = typeset(str(value))
