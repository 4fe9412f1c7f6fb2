"""A resource to fill in, as a document for office suites: what its page says, on A4, in French, with true headings."""

import io
import re
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kb_site.french.typography import typeset
from kb_site.office_documents import add_table, blank_document

from . import marks
from .choices import DataProcessed, ResourceType
from .models import PracticePage, ResourcePage, Theme

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TO_VALIDATE = "À valider par votre DPO (délégué à la protection des données) avant de servir."
MODELS_SHOWN = 5
_ITEM, _HEADING = "- ", "## "


def models_for(card: PracticePage, user: Any) -> list[ResourcePage]:
    """The models that serve with a card: where it handles what tells of people, those of its themes, the nearest first."""
    if card.data_processed in {"", DataProcessed.AUCUNE}:
        return []
    themes = Theme.objects.filter(practice_items__content_object=card.pk)
    models = ResourcePage.objects.live().visible_to(user).filter(type=ResourceType.MODEL, theme_items__tag__in=themes)
    return list(models.annotate(shared=Count("theme_items")).order_by("-shared", "title")[:MODELS_SHOWN])


@require_safe
def model_document(request: HttpRequest, slug: str) -> HttpResponse:
    """The document of a model, to whoever may read its page; 404 for any other resource."""
    page = ResourcePage.objects.live().for_serving().filter(slug=slug, type=ResourceType.MODEL).first()
    if page is None or not page.is_visible_to(request.user):
        raise Http404
    stored = io.BytesIO()
    document_of(page).save(stored)
    response = HttpResponse(stored.getvalue(), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.docx"'
    return response


def document_of(page: ResourcePage) -> Any:
    """Return the document of a resource: its title, the warning, then its text, block by block."""
    office = blank_document(title=page.title)
    office.add_heading(typeset(page.title), level=0)
    office.add_paragraph().add_run(typeset(_(TO_VALIDATE))).bold = True
    for block in re.split(r"\n\s*\n", page.body.replace("\r\n", "\n").strip()):
        _add_block(office, [line.strip() for line in block.split("\n") if line.strip()])
    if page.url:
        office.add_paragraph(" : ".join(filter(None, (typeset(page.publisher), page.url))))
    return office


def _add_block(office: Any, lines: list[str]) -> None:
    rows = marks.rows_of([line for line in lines if marks.is_row(line)])
    if rows:
        add_table(office, rows[0], rows[1:])
    for line in (line for line in lines if not marks.is_row(line)):
        words = typeset(marks.without_marks(line.removeprefix(_ITEM)))
        if line.startswith(_HEADING):
            office.add_heading(words, level=1)
        else:
            office.add_paragraph(words, style="List Bullet" if line.startswith(_ITEM) else None)
