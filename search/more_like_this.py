"""Cards, and topics, that look like what is being written: a fragment of a page, asked for while one types."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kb_site.accounts.principals import principals_of

from .queries import SearchQuery
from .services import run_search

SHOWN = 3
KINDS = {"sujet": ("sujet", "pratique")}  # what is shown to who writes a topic; to anyone else, cards


@require_safe
@never_cache
def similar_cards(request: HttpRequest) -> HttpResponse:
    """The three things nearest to the words of ?q=, among those this person may read; nothing when there is none.

    ?pour=sujet asks for topics too. Not a search: nobody asked, nothing is counted.
    """
    query = SearchQuery.from_params(request.GET, principals=principals_of(request.user))  # type: ignore[arg-type]
    kinds, hits = KINDS.get(request.GET.get("pour", ""), ("pratique",)), []
    if query.text:
        found = run_search(replace(query, facets={"type": kinds}, page=1), user=request.user)
        hits = [*found.hits, *found.near][:SHOWN]
    return render(request, "search/similar.html", {"hits": hits, "kinds": kinds})
