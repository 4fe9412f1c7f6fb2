"""Doors of import and export: for editors in the admin, for everybody the open data and the Markdown of a card."""

import tempfile
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import refused_to
from kb_site.http import SECONDS_KEPT_BY_ALL, SeeOther, form_status

from ..access import publisher_required
from ..choices import LICENCE_ADDRESSES, ReuseLicence
from ..models import PracticePage, PracticeSectionPage
from ..permissions import pages_to_publish, sections_to_publish, within
from . import exports, services
from .documents.reading import is_documents
from .forms import ImportForm
from .limits import FileRefused
from .markdown import as_markdown
from .models import CardImport
from .options import Options
from .targets import target_of

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
MARKDOWN = "text/markdown; charset=utf-8"
LAST_IMPORTS = 10
DECISION = "decision-"  # then the number of the line
EXPORTED_AT_ONCE = 500  # cards read at a time


def _networks() -> dict[str, str]:
    return dict(PracticeSectionPage.objects.values_list("path", "title"))


def _exported(cards: QuerySet[PracticePage], kind: str, *, with_personal: bool) -> FileResponse:
    """Write the export to a file without a name, whole before it leaves, and send it."""
    rows = exports.for_export(cards.order_by("pk")).iterator(chunk_size=EXPORTED_AT_ONCE)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    if kind == "json":
        exports.as_json(rows, _networks(), to=file)
    else:
        write = exports.as_csv if kind == "csv" else exports.as_xlsx
        write(rows, _networks(), to=file, with_personal=with_personal)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"fiches.{kind}", content_type=TYPES[kind],
        headers={"X-Content-Type-Options": "nosniff"},
    )  # fmt: skip


@publisher_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_sheets(request: HttpRequest) -> HttpResponseBase:
    """Import and export: send a table, or take one."""
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        # Documents were not written for this site: what cannot be read is left empty, and told.
        options = Options(base=form.cleaned_data["base"], lenient=is_documents(content, file.name))
        try:
            kept = services.keep_file(
                name=file.name,
                content=content,
                section=form.cleaned_data["section"],
                by=request.user,  # type: ignore[arg-type]
                publish=form.cleaned_data["publish"],
                options=options,
            )
            return SeeOther(reverse("card_import", args=[kept.pk]))
        except FileRefused as error:
            form.add_error("file", str(error))
    context = {
        "header_title": _("Import et export"),
        "header_icon": "table",
        "breadcrumbs_items": [{"url": "", "label": _("Import et export")}],
        "form": form,
        "sections": sections_to_publish(request.user),
        "imports": CardImport.objects.filter(created_by=request.user).select_related("section")[:LAST_IMPORTS],  # type: ignore[misc]
    }
    status = form_status(form)
    return render(request, "import_export/admin/card_sheets.html", context, status=status)


@publisher_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_import(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """The report of a file, line by line, and the button that imports it."""
    kept = get_object_or_404(CardImport.objects.select_related("section"), pk=import_id, created_by=request.user)  # type: ignore[misc]
    if request.method == "POST":
        _act(request, kept)
        return SeeOther(request.path)
    counts = kept.report.get("counts", {})
    context = {
        "header_title": kept.file_name,
        "header_icon": "table",
        "breadcrumbs_items": [
            {"url": reverse("card_sheets"), "label": _("Import et export")},
            {"url": "", "label": kept.file_name},
        ],
        "kept": kept,
        "counts": counts,
        "may_choose": kept.state == CardImport.State.CHECKED and bool(kept.content),
        "headings": _headings_of(kept),
        "options": Options.of(kept.options),
        "documents": kept.report.get("documents", False),
        "columns": target_of(kept.section.specific).columns(),
        "to_correct": _fields_of(kept),
        "to_write": counts.get("creee", 0) + counts.get("modifiee", 0),
        "may_import": services.may_be_imported(kept),
        "may_undo": kept.state == CardImport.State.DONE and kept.pages.exists(),
    }
    return render(request, "import_export/admin/card_import.html", context)


def _act(request: HttpRequest, kept: CardImport) -> None:
    """Do what a button of the report asks for; what cannot be done is said."""
    sent = request.POST
    try:
        if "corriger" in sent:
            services.choose(card_import=kept, cells=_corrections(kept, sent))
        elif "relire" in sent:
            services.choose(
                card_import=kept,
                columns={heading["name"]: str(sent[field]) for field, heading in _headings_of(kept) if field in sent},
                decisions={name.removeprefix(DECISION): str(sent[name]) for name in sent if name.startswith(DECISION)},
                line_by_line="line_by_line" in sent,
                lenient="lenient" in sent,
            )
        elif "defaire" in sent:
            _undo(request, kept)
        else:
            services.queue_import(card_import=kept)
    except services.NothingToImport:
        messages.error(request, _("Ce fichier ne peut pas être importé : corrigez-le et envoyez-le de nouveau."))
    except services.NothingToUndo:
        messages.error(request, _("Il n’y a rien à défaire."))
    except FileRefused as error:
        messages.error(request, str(error))


def _undo(request: HttpRequest, kept: CardImport) -> None:
    left = services.undo_import(card_import=kept, by=request.user)  # type: ignore[arg-type]
    if left:
        told = _("C’est défait, sauf ce que quelqu’un a repris ou publié depuis : %s.") % ", ".join(left)
        messages.warning(request, told)
    else:
        messages.success(request, _("C’est défait."))


def _headings_of(kept: CardImport) -> list[tuple[str, dict[str, Any]]]:
    """The headings of the file, each with the name of its field in the form."""
    return [(f"heading-{place}", heading) for place, heading in enumerate(kept.report.get("headings", []))]


def _fields_of(kept: CardImport) -> list[tuple[dict[str, Any], list[tuple[str, str, str]]]]:
    """The wrong cells of each line to correct: name of the field, heading, text."""
    if kept.state != CardImport.State.CHECKED:
        return []
    return [
        (line, [(f"cell-{line['number']}-{place}", heading, text) for place, (heading, text) in enumerate(cells)])
        for line, cells in services.lines_to_correct(kept)
    ]


def _corrections(kept: CardImport, sent: QueryDict) -> dict[tuple[int, str], str]:
    """What was typed for each wrong cell; a browser sends ends of lines as CR LF."""
    return {
        (line["number"], heading): str(sent[name]).replace("\r\n", "\n")
        for line, cells in _fields_of(kept)
        for name, heading, _text in cells
        if name in sent
    }


@publisher_required
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with its instructions."""
    headers = {
        "Content-Disposition": 'attachment; filename="modele-de-fiches.xlsx"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(exports.template(), content_type=TYPES["xlsx"], headers=headers)


@publisher_required
@require_safe
def card_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The cards of one's networks, drafts included, as a file that can be imported again."""
    if kind not in TYPES:
        raise Http404
    sections = {section.slug: section for section in sections_to_publish(request.user)}
    cards = PracticePage.objects.filter(within(sections.get(request.GET.get("reseau", ""))))
    cards = cards.filter(pk__in=pages_to_publish(request.user).order_by().values("pk"))
    return _exported(cards, kind, with_personal=True)


def _open_cards() -> QuerySet[PracticePage]:
    return PracticePage.objects.visible_to(AnonymousUser()).exclude(licence="")  # type: ignore[no-any-return]


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What the open data holds, under which licences, and where it is."""
    licences = [{"name": licence.label, "address": LICENCE_ADDRESSES[licence]} for licence in ReuseLicence]
    context = {"count": _open_cards().count(), "licences": licences, "site_url": settings.SITE_URL}
    return render(request, "import_export/open_data.html", context)


@require_safe
@cache_control(public=True, max_age=SECONDS_KEPT_BY_ALL)
def open_data_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every public card that has a licence, the same file for everybody."""
    if kind not in TYPES:
        raise Http404
    answer = _exported(_open_cards(), kind, with_personal=False)
    answer["Access-Control-Allow-Origin"] = "*"  # a page of any site may read it
    return answer


@require_safe
def card_markdown(request: HttpRequest, section: str, slug: str) -> HttpResponseBase:
    """A card as Markdown, for those who may read the card."""
    card = get_object_or_404(exports.for_export(PracticePage.objects.live().at_address(section, slug)))
    if not card.is_visible_to(request.user):
        return refused_to(request)
    return HttpResponse(as_markdown(card), content_type=MARKDOWN)
