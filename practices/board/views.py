"""The board as a page of the admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..access import publisher_required
from .panels import Scope, panels

ROWS = 20


@publisher_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this editor, by matter; `?reseau=` keeps one network."""
    scope = Scope(request.user, request.GET.get("reseau", ""))
    shown = [(panel, panel.find(scope, ROWS)) for panel in panels()]
    context = {
        "header_title": _("Tableau de bord"),
        "header_icon": "tasks",
        "breadcrumbs_items": [{"url": "", "label": _("Tableau de bord")}],
        "scope": scope,
        "panels": shown,
        "nothing": [str(panel.heading).lower() for panel, found in shown if not found.count],
        "total": sum(found.count for _panel, found in shown),
    }
    return render(request, "practices/admin/board.html", context)
