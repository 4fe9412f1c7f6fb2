"""What the home page shows: to a member, what waits for them; to anyone else, what this is and three doors."""

from typing import Any

from kb_site.accounts.principals import principals_of
from kb_site.home_blocks import parts_for
from practices.models import DossierPage
from search.facets import PRACTICE_FACETS
from search.listings import Listing
from search.queries import SearchQuery
from search.services import run_search

from .figures import network_figures

RECENT = 4


def home_context(user: Any) -> dict[str, Any]:
    """Return what waits for a member; for anyone else the problems with their counts, the newest cards, the dossiers."""
    if user.is_authenticated and user.is_approved:
        return {"parts": list(parts_for(user))}
    query = SearchQuery(facets={"type": ("pratique",)}, principals=principals_of(user))
    found = run_search(query, user=user)
    listing = Listing(query, found, PRACTICE_FACETS[:1], expanded=frozenset({"probleme"}))
    return {
        "parts": None,
        "problems": listing.facets[0].choices if listing.facets else [],
        "recent": listing.results.hits[:RECENT],
        "card_count": found.total,
        "figures": network_figures(),
        "dossiers": DossierPage.objects.visible_to(user).order_by("title")[:3],
    }
