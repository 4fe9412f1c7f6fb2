"""The coordinators' page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kb_site.access import coordinator_required

from .kinds import Matter, kinds
from .models import KEPT, SensitiveAct

PER_PAGE = 50


@require_safe
@coordinator_required
def journal(request: HttpRequest) -> HttpResponse:
    """The acts of the last year, the last first; `?sujet=` keeps one matter."""
    acts = SensitiveAct.objects.select_related("by", "about")
    matter = next((one for one in Matter if one == request.GET.get("sujet")), None)
    if matter:
        acts = acts.filter(kind__in=[kind.name for kind in kinds().values() if kind.matter == matter])
    context = {
        "page": Paginator(acts, PER_PAGE).get_page(request.GET.get("page")),
        "matters": Matter.choices,
        "matter": matter,
        "query": f"sujet={matter}" if matter else "",
        "days": KEPT.days,
    }
    return render(request, "journal/journal.html", context)
