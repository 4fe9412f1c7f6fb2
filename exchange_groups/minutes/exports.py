"""Minutes as files: a document for any office suite, Markdown for a pad or a wiki. Printing gives the PDF."""

import io

from django.utils.translation import gettext as _
from docx import Document as OfficeDocument

from kb_site.french.typography import typeset

from .documents import Document


def as_docx(document: Document) -> bytes:
    """Return the document as a DOCX file, which LibreOffice and Word open."""
    office = OfficeDocument()
    office.core_properties.title = document.title[:255]
    office.core_properties.author = ""
    office.core_properties.language = "fr-FR"
    office.add_heading(document.title, level=0)
    for label, value in document.facts:
        paragraph = office.add_paragraph()
        paragraph.add_run(f"{label} : ").bold = True
        paragraph.add_run(value)
    if document.summary:
        office.add_heading(_("Synthèse"), level=1)
        office.add_paragraph(document.summary)
    for heading, lines in document.sections:
        if heading:
            office.add_heading(heading, level=1)
        for line in lines:
            paragraph = office.add_paragraph(style="List Bullet")
            if line.mark:
                paragraph.add_run(f"{line.mark} : ").bold = True
            paragraph.add_run(line.text)
    for run in (run for paragraph in office.paragraphs for run in paragraph.runs):
        run.text = typeset(run.text)
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
