"""Minutes as files: a document for any office suite, Markdown for a pad or a wiki. Printing gives the PDF."""

import io

from django.utils.translation import gettext as _

from kb_site.french.typography import typeset
from kb_site.office_documents import add_table, blank_document

from .choices import LineKind
from .documents import Document

SETTLED = (LineKind.DECISION, LineKind.ACTION)


def as_docx(document: Document) -> bytes:
    """Return the document as a DOCX file, A4 and in French, that LibreOffice and Word open.

    What was decided and who does what come first, in a table: what most readers look for.
    """
    office = blank_document(title=document.title)
    office.add_heading(typeset(document.title), level=0)
    for label, value in document.facts:
        paragraph = office.add_paragraph()
        paragraph.add_run(typeset(f"{label} : ")).bold = True
        paragraph.add_run(typeset(value))
    if document.summary:
        office.add_heading(_("Synthèse"), level=1)
        office.add_paragraph(typeset(document.summary))
    settled = [line for _heading, lines in document.sections for line in lines if line.kind in SETTLED]
    if settled:
        office.add_heading(_("Décisions et actions"), level=1)
        columns = [_("Nature"), _("Quoi"), _("Qui"), _("Pour le"), _("État")]
        add_table(
            office, columns, [[line.mark, line.words or line.text, line.who, line.due, line.state] for line in settled]
        )
    for heading, lines in document.sections:
        if heading:
            office.add_heading(typeset(heading), level=1)
        for line in lines:
            paragraph = office.add_paragraph(style="List Bullet")
            if line.mark:
                paragraph.add_run(typeset(f"{line.mark} : ")).bold = True
            paragraph.add_run(typeset(line.text))
    stream = io.BytesIO()
    office.save(stream)
    return stream.getvalue()


def as_markdown(document: Document) -> str:
    """Return the document as Markdown."""
    parts = [f"# {document.title}", "\n".join(f"- **{label}** : {value}" for label, value in document.facts)]
    if document.summary:
        parts.append(f"## {_('Synthèse')}\n\n{document.summary}")
    for heading, lines in document.sections:
        told = "\n".join(f"- {f'**{line.mark}** : ' if line.mark else ''}{_in_line(line.text)}" for line in lines)
        parts.append(f"## {heading}\n\n{told}".strip() if heading else told)
    return typeset("\n\n".join(parts) + "\n")


def _in_line(text: str) -> str:
    """Keep the lines of a text inside their item of the list."""
    return text.replace("\n", "\n  ")
