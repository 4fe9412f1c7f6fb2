"""The observatory and the report: coordinators only."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import coordinator_required
from kb_site.accounts.choices import DEPARTEMENTS, SiaeType
from kb_site.http import SeeOther, form_status

from . import needs
from .exports import as_csv, as_docx, as_workbook
from .forewords import foreword_of, write_foreword
from .forms import ForewordForm
from .needs import Cut, Slice
from .periods import QUARTERS_MOST, Period, before, last_quarters, offered, read_period
from .report import report

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 8


def _period(request: HttpRequest) -> Period:
    """Return the period of the address: its code, or the quarters that the form chose."""
    first, last = request.GET.get("du", ""), request.GET.get("au", "")
    code = f"{first}-{last}" if first and last else request.GET.get("periode", "")
    return read_period(code, timezone.localdate())


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


def method_note() -> str:
    """Return how the figures of the report are made, and what is hidden, in words for those who receive it."""
    return _(
        "Les personnes sont comptées une fois chacune, à 5 près, vers le bas, et une au moins, tirée au sort, reste toujours hors "
        "du compte : une séance de 12 personnes en montre « au moins 10 ». « Trop peu pour le dire » : moins de 6 personnes, ou "
        "moins de 5 structures. Aucun nom n’est recueilli."
    )


@require_safe
@coordinator_required
def funder_report(request: HttpRequest) -> HttpResponse:
    """The report of a period, to print or to send."""
    period, today = _period(request), timezone.localdate()
    context = {
        "period": period,
        "tables": report(period),
        "quarters": last_quarters(today, QUARTERS_MOST)[::-1],
        "first": period.quarters[0],
        "last": period.quarters[-1],
        "foreword": foreword_of(period),
        "method": method_note(),
        "today": today,
    }
    return render(request, "observatory/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@coordinator_required
def funder_report_foreword(request: HttpRequest) -> HttpResponseBase:
    """Write the words at the head of the report of a period."""
    period = _period(request)
    here = f"{reverse('funder_report')}?periode={period.code}"
    current = foreword_of(period)
    initial = {"text": current.text, "version": current.version}
    form = ForewordForm(request.POST if request.method == "POST" else None, initial=initial)
    stored = None
    if form.is_bound and form.is_valid():
        stored = write_foreword(period=period, text=form.cleaned_data["text"], version=form.cleaned_data["version"])
        if stored is None:
            return SeeOther(here)
        form.data = dict(form.data.items()) | {"version": str(stored.version)}
    context = {"period": period, "form": form, "stored": stored, "back": here}
    status = HTTPStatus.CONFLICT if stored else form_status(form)
    return render(request, "observatory/foreword.html", context, status=status)


@require_safe
@coordinator_required
def funder_report_docx(request: HttpRequest) -> HttpResponse:
    """The same report as a document."""
    period = _period(request)
    content = as_docx(period, report(period), foreword=foreword_of(period).text, method=method_note())
    return _file(content, DOCUMENT, f"rapport-{period.code}.docx")


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
