"""Search and the lists of cards, tools and resources: the same query, other facets."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exchange_groups.permissions import groups_open_to
from kb_site.accounts.principals import principals_of
from kb_site.search_documents import Facet
from practices.models import OrientationIndexPage, PracticeIndexPage, ResourceIndexPage, Theme, ToolIndexPage
from practices.models.index_pages import IndexPage

from .engines.interface import SearchResults
from .facets import ORIENTATION_FACETS, PRACTICE_FACETS, RESOURCE_FACETS, SEARCH_FACETS, THEME, TOOL_FACETS
from .feasible import with_verdicts
from .feeds import feed_path
from .listings import EXPAND, Listing
from .queries import SearchQuery
from .relaxation import groups_to_ask, loosen, near_themes
from .services import run_list, run_search
from .signals import searched

EXPANDABLE = 12  # names of facets in ?plus=, at most


def _query(request: HttpRequest) -> SearchQuery:
    return SearchQuery.from_params(request.GET, principals=principals_of(request.user))  # type: ignore[arg-type]


def _expanded(request: HttpRequest) -> frozenset[str]:
    return frozenset(request.GET.getlist(EXPAND)[:EXPANDABLE])


def _listing(request: HttpRequest, query: SearchQuery, results: SearchResults, facets: tuple[Facet, ...]) -> Listing:
    return Listing(query, with_verdicts(query, results), facets, expanded=_expanded(request))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything that the reader may find; with nothing asked, ways to begin."""
    query = _query(request)
    results = run_search(query, user=request.user)
    listing = _listing(request, query, results, SEARCH_FACETS)
    if not (query.text or query.facets or query.sort or request.GET.get("page")):
        return render(request, "search/start.html", {"listing": listing} | _starts(results, query))
    if query.page > listing.page_count:
        return HttpResponseRedirect(query.address(page=listing.page_count))
    searched.send(sender=search, request=request, query=query, results=results)
    theme = _only_theme(query)
    context = {
        "listing": listing,
        "theme": theme,
        "feed_url": feed_path(query),
        "save_url": reverse("saved_search_add") + query.address(),
    }
    if not results.total:
        context |= _no_result(request, query, results)
    return render(request, "search/search.html", context)


def _starts(results: SearchResults, query: SearchQuery) -> dict[str, Any]:
    """The needs and the themes that visible things bear, most first: where to begin."""
    start = Listing(query, results, SEARCH_FACETS[:2], expanded=frozenset(facet.name for facet in SEARCH_FACETS[:2]))
    return {"starts": start.facets}


def _only_theme(query: SearchQuery) -> Theme | None:
    """Return the theme when the search is that theme and nothing else: its own page."""
    values = query.facets.get(THEME.name, ())
    if query.text or len(query.facets) != 1 or len(values) != 1:
        return None
    return Theme.objects.filter(slug=values[0]).first()


def _no_result(request: HttpRequest, query: SearchQuery, results: SearchResults) -> dict[str, Any]:
    """Never a dead end, never pretending: something looser, themes that look like it, what others asked, someone to ask."""
    looser = loosen(query, results, user=request.user)
    near = [] if looser else near_themes(query.text)
    own = groups_open_to(request.user)
    groups = groups_to_ask(request.user, own, results.asked)
    if looser:
        looser = replace(looser, results=with_verdicts(query, looser.results))
    return {"looser": looser, "near": near, "groups": groups, "own_groups": own}


def _list(
    request: HttpRequest, model: type[IndexPage], kinds: tuple[str, ...], facets: tuple[Facet, ...]
) -> HttpResponse:
    query = _query(request)
    # The list holds its kinds only; its address need not say so.
    within = replace(query, facets={name: v for name, v in query.facets.items() if name != "type"} | {"type": kinds})
    shown = replace(within, facets={name: v for name, v in within.facets.items() if name != "type"})
    listing = _listing(request, shown, run_list(within, kinds, user=request.user), facets)
    if query.page > listing.page_count:
        return HttpResponseRedirect(shown.address(page=listing.page_count))
    context = {"page": model.objects.first(), "listing": listing, "feed_url": feed_path(within)}
    return render(request, "search/list.html", context)


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """The cards, narrowed by their facets."""
    return _list(request, PracticeIndexPage, ("pratique",), PRACTICE_FACETS)


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    """The tools, narrowed by their facets."""
    return _list(request, ToolIndexPage, ("outil",), TOOL_FACETS)


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    """The resources and the dossiers, narrowed by their facets."""
    return _list(request, ResourceIndexPage, ("ressource", "dossier"), RESOURCE_FACETS)


@require_safe
def orientation_list(request: HttpRequest) -> HttpResponse:
    """The orientations: where to go for what the base does not hold."""
    return _list(request, OrientationIndexPage, ("orientation",), ORIENTATION_FACETS)
