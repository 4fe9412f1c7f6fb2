"""Statistics for editors: twelve months by card and by network, on screen and as CSV."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kb_site.control_characters import without_control_characters

from ..access import publisher_required
from ..models import PracticePage, PracticeSectionPage
from ..permissions import pages_to_publish, sections_to_publish, within
from ..spreadsheet_cells import without_formula
from .time_series import Year

CARDS = 50


def _cards(request: HttpRequest, section: PracticeSectionPage | None) -> list[PracticePage]:
    own = pages_to_publish(request.user).order_by().values("pk")
    cards = PracticePage.objects.live().filter(within(section), pk__in=own)
    return list(cards.only("pk", "title", "path", "depth").order_by("title"))


@publisher_required
@require_safe
def card_statistics(request: HttpRequest) -> HttpResponse:
    """The cards of one's networks, most read first; `?reseau=` keeps one network, `?export=csv` gives every month."""
    sections = list(sections_to_publish(request.user))
    section = next((s for s in sections if s.slug == request.GET.get("reseau")), None)
    cards = _cards(request, section)
    year = Year([card.pk for card in cards], timezone.localdate())
    if request.GET.get("export") == "csv":
        return _as_csv(cards, sections, year)
    rows = [{"card": card, "series": year.of([card.pk])} for card in cards]
    rows.sort(key=lambda row: [-series.total for series in row["series"]])  # type: ignore[attr-defined]
    networks = [
        {"section": s, "series": year.of([card.pk for card in cards if card.path.startswith(s.path)])}
        for s in sections
        if section in (None, s)
    ]
    context = _context(_("Statistiques")) | {
        "sections": sections,
        "section": section,
        "networks": networks,
        "rows": Paginator(rows, CARDS).get_page(request.GET.get("p")),
        "measures": year.measures,
        "months": year.months,
    }
    return render(request, "practices/admin/statistics.html", context)


@publisher_required
@require_safe
def one_card_statistics(request: HttpRequest, page_id: int) -> HttpResponse:
    """The twelve months of one card, as a table."""
    own = pages_to_publish(request.user).order_by().values("pk")
    card: PracticePage = get_object_or_404(PracticePage.objects.filter(pk__in=own), pk=page_id)
    year = Year([card.pk], timezone.localdate())
    series = year.of([card.pk])
    months = [
        {"month": month, "figures": [one.figures[number] for one in series]} for number, month in enumerate(year.months)
    ]
    items = [{"url": reverse("card_statistics"), "label": _("Statistiques")}, {"url": "", "label": card.title}]
    context = _context(card.title) | {"breadcrumbs_items": items, "card": card, "series": series, "rows": months[::-1]}
    return render(request, "practices/admin/card_statistics.html", context)


def _context(title: str) -> dict[str, Any]:
    return {"header_title": title, "header_icon": "table", "breadcrumbs_items": [{"url": "", "label": title}]}


def _as_csv(cards: list[PracticePage], sections: list[PracticeSectionPage], year: Year) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="statistiques-des-fiches.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Réseau"), _("Fiche"), _("Mois"), *(str(measure.label) for measure in year.measures)])
    names = {section.path: section.title for section in sections}
    for card in cards:
        series = year.of([card.pk])
        for number, month in enumerate(year.months):
            figures = [one.figures[number] for one in series]
            cells = [names.get(card.path[: -card.steplen], ""), card.title, date_format(month, "Y-m"), *figures]
            writer.writerow([without_formula(without_control_characters(str(cell))) for cell in cells])
    return response
