"""The report of the register of facts, in Wagtail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ...access import publisher_required
from ..services.facts import report


@publisher_required
def facts_report(request: HttpRequest) -> HttpResponse:
    """What has no exact source, what is past its date, what nobody cites, what contradicts."""
    return render(request, "lifecycle/admin/facts_report.html", {"report": report(), "title": _("Faits et chiffres")})
