"""The board as a page of the admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..access import publisher_required
from .panels import Scope, panels

ROWS, MOST_ROWS = 20, 500


@publisher_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this editor, by matter. The address keeps what is shown: `?reseau=`, one network;
    `?quoi=`, one matter, with many more rows."""
    scope = Scope(request.user, request.GET.get("reseau", ""))
    chosen = [panel for panel in panels() if panel.name == request.GET.get("quoi")]
    shown = [(panel, panel.find(scope, MOST_ROWS if chosen else ROWS)) for panel in chosen or panels()]
    context = {
        "header_title": _("Tableau de bord"),
        "header_icon": "tasks",
        "breadcrumbs_items": [{"url": "", "label": _("Tableau de bord")}],
        "scope": scope,
        "panels": shown,
        "chosen": chosen[0] if chosen else None,
        "may_write_in": [
            section for section in scope.sections if section.permissions_for_user(request.user).can_add_subpage()
        ],
        "nothing": [str(panel.heading).lower() for panel, found in shown if not found.count],
        "total": sum(found.count for _panel, found in shown),
    }
    return render(request, "practices/admin/board.html", context)
