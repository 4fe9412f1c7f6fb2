"""The pages that the law asks for: what they say is declared (rgaa.toml, rgesn.toml, plan.toml, data_retention, identity).

What the publisher wants to add is a page of text with the same address: its words come under ours.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kb_site.accounts.views.personal_data import until_when
from kb_site.home.models import TextPage
from kb_site.identity.face import face
from kb_site.personal_data import descriptions

from .grids import Theme, grid_of, plan
from .publisher import publisher_lines, said
from .purposes import PURPOSES


def _added_words(request: HttpRequest) -> str:
    page = TextPage.objects.live().public().filter(slug=request.path.strip("/")).only("body").first()
    return page.body if page else ""


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    shown = face()
    who = {"publisher": said(shown.publisher), "contact": said(shown.contact), "added": _added_words(request)}
    return render(request, f"compliance/{name}.html", who | context)


@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Who publishes and who hosts, from the identity of the site."""
    return _page(request, "legal_notice", {"lines": list(publisher_lines(face())), "demo": settings.DEMO})


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What a notice says to people (GDPR, article 13), each part with its purpose, its basis, its readers, its durations."""
    parts = [
        {
            "label": matter.label,
            "purpose": PURPOSES[matter],
            "readers": list(dict.fromkeys(str(one.readers) for one in found)),
            "until": list(dict.fromkeys(words for one in found for words in until_when(one))),
        }
        for matter, found in descriptions()
        if found
    ]
    shown = face()
    rights = said(shown.data_contact) or said(shown.contact)
    return _page(request, "personal_data", {"parts": parts, "rights_contact": rights, "host": said(shown.host)})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration of decree 2019-768, its state computed from the grid."""
    return _page(request, "accessibility", {"grid": grid_of("rgaa")})


@require_safe
def accessibility_plan(request: HttpRequest) -> HttpResponse:
    """What is to be done, year by year."""
    return _page(request, "accessibility_plan", {"years": plan()})


@require_safe
def frugality(request: HttpRequest) -> HttpResponse:
    """The declaration that the RGESN asks for, its 78 criteria answered."""
    return _page(request, "frugality", {"grid": grid_of("rgesn")})


def _criteria(request: HttpRequest, name: str, number: int, *, reference: str, address: str, back: str) -> HttpResponse:
    grid = grid_of(name)
    theme: Theme | None = next((one for one in grid.themes if one.number == number), None)
    if theme is None:
        raise Http404
    context = {"grid": grid, "theme": theme, "reference": reference, "address": address, "back": back}
    return render(request, "compliance/criteria.html", context)


@require_safe
def accessibility_criteria(request: HttpRequest, number: int) -> HttpResponse:
    """The criteria of one theme of the RGAA, each with our answer and its reason."""
    return _criteria(
        request, "rgaa", number, reference=_("RGAA 4.1"), address="accessibility_criteria", back="accessibility"
    )


@require_safe
def frugality_criteria(request: HttpRequest, number: int) -> HttpResponse:
    """The criteria of one theme of the RGESN."""
    return _criteria(
        request, "rgesn", number, reference=_("RGESN 2024"), address="frugality_criteria", back="frugality"
    )
