"""The observatory and the report: coordinators only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kb_site.access import coordinator_required
from kb_site.accounts.choices import DEPARTEMENTS, SiaeType

from . import needs
from .exports import as_csv, as_workbook
from .needs import Cut, Slice
from .periods import Period, before, last_quarters, offered, read_period
from .report import report

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 8


def _period(request: HttpRequest) -> Period:
    return read_period(request.GET.get("periode", ""), timezone.localdate())


def _cut(request: HttpRequest) -> Cut | None:
    """Return the one cut asked for; the territory when both are."""
    for by, known in ((Slice.TERRITORY, dict(DEPARTEMENTS)), (Slice.TYPE, dict(SiaeType.choices))):
        if (value := request.GET.get(by, "")) in known:
            return Cut(by, value)
    return None


@require_safe
@coordinator_required
def observatory(request: HttpRequest) -> HttpResponse:
    """What the field needs in a period, as a whole or in one part of the territory or of the types of structures."""
    period, cut = _period(request), _cut(request)
    earlier = before(period)
    now, then = needs.releases(period), needs.releases(earlier)
    quarters = needs.by_quarter(last_quarters(timezone.localdate())[::-1], cut)
    context = {
        "periods": offered(timezone.localdate()),
        "period": period,
        "earlier": earlier,
        "cut": cut,
        "territories": DEPARTEMENTS,
        "types": SiaeType.choices,
        "people": needs.people_diagnosed(now, cut),
        "asked": needs.people_who_asked(period, cut),
        # Searches and requests have no structure: they are told of the whole only.
        "searched": [] if cut else [*needs.searched_in_vain(period), *needs.cards_requested(period)][:SHOWN],
        "lists": [
            ("themes", needs.topics_by_theme(period, earlier, cut)[:SHOWN]),
            ("manques", needs.people_lacking(now, then, cut)[:SHOWN]),
            ("freins", needs.structures_stopped_by(period, earlier, cut)[:SHOWN]),
        ],
        "quarters": quarters,
        "most": {"asked": max(one.asked for one in quarters), "people": max(one.people for one in quarters)},
        "by_territory": needs.parts(Slice.TERRITORY, period)[:SHOWN] if cut is None else [],
        "by_type": needs.parts(Slice.TYPE, period) if cut is None else [],
    }
    return render(request, "observatory/needs.html", context)


@require_safe
@coordinator_required
def funder_report(request: HttpRequest) -> HttpResponse:
    """The report of a period, to print."""
    period = _period(request)
    context = {"period": period, "tables": report(period), "periods": offered(timezone.localdate())}
    return render(request, "observatory/report.html", context)


@require_safe
@coordinator_required
def funder_report_csv(request: HttpRequest) -> HttpResponse:
    """The same report for a spreadsheet."""
    period = _period(request)
    return _file(as_csv(period, report(period)), "text/csv; charset=utf-8", f"rapport-{period.code}.csv")


@require_safe
@coordinator_required
def funder_report_xlsx(request: HttpRequest) -> HttpResponse:
    """The same report as a workbook."""
    period = _period(request)
    return _file(as_workbook(period, report(period)), WORKBOOK, f"rapport-{period.code}.xlsx")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})
