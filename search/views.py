"""Search and the lists of cards, tools and resources: the same query, other facets."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kb_site.members.principals import principals_of
from practices.models import PracticeIndexPage, ResourceIndexPage, ToolIndexPage
from practices.models.indexes import IndexPage

from .facets import PRACTICE_FACETS, RESOURCE_FACETS, SEARCH_FACETS, TOOL_FACETS, Facet
from .listings import Listing, sort_choices
from .queries import SearchQuery
from .services import run_search


def _query(request: HttpRequest) -> SearchQuery:
    return SearchQuery.from_params(request.GET, principals=principals_of(request.user))  # type: ignore[arg-type]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything that the reader may find."""
    query = _query(request)
    listing = Listing(query, run_search(query, user=request.user), SEARCH_FACETS)
    context = {"listing": listing, "sorts": sort_choices(query)}
    return render(request, "search/search.html", context)


def _list(
    request: HttpRequest, model: type[IndexPage], kinds: tuple[str, ...], facets: tuple[Facet, ...]
) -> HttpResponse:
    query = _query(request)
    # The list holds its kinds only; its address need not say so.
    within = replace(query, facets={name: v for name, v in query.facets.items() if name != "type"} | {"type": kinds})
    shown = replace(within, facets={name: v for name, v in within.facets.items() if name != "type"})
    listing = Listing(shown, run_search(within, user=request.user), facets)
    context = {"page": model.objects.first(), "listing": listing, "sorts": sort_choices(query)}
    return render(request, "search/list.html", context)


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    return _list(request, PracticeIndexPage, ("pratique",), PRACTICE_FACETS)


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    return _list(request, ToolIndexPage, ("outil",), TOOL_FACETS)


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    return _list(request, ResourceIndexPage, ("ressource", "dossier"), RESOURCE_FACETS)
