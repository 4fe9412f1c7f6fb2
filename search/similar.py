"""Cards that look like the one being written: a fragment of a page, asked for while one types."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kb_site.members.principals import principals_of

from .queries import SearchQuery
from .services import run_search

SHOWN = 3


@require_safe
@never_cache
def similar_cards(request: HttpRequest) -> HttpResponse:
    """The three cards nearest to the words of ?q=, among those this person may read; nothing when there is none."""
    query = SearchQuery.from_params(request.GET, principals=principals_of(request.user))  # type: ignore[arg-type]
    hits = []
    if query.text:
        only_cards = replace(query, facets={"type": ("pratique",)}, page=1)
        hits = run_search(only_cards, user=request.user).hits[:SHOWN]
    return render(request, "search/similar.html", {"hits": hits})
