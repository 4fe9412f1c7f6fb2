"""What the home page shows to who is no member: what this is and three doors. To a member, its template asks what waits."""

from typing import Any

from kb_site.accounts.principals import principals_of
from practices.models import DossierPage
from search.facets import PRACTICE_FACETS
from search.listings import Listing
from search.queries import SearchQuery
from search.services import run_list

from .figures import network_figures

RECENT = 4


def home_context(user: Any) -> dict[str, Any]:
    """Return whether this is a member; for anyone else the problems with their counts, the newest cards, the dossiers."""
    if user.is_authenticated and user.is_approved:
        return {"is_member": True}
    query = SearchQuery(facets={"type": ("pratique",)}, principals=principals_of(user))
    found = run_list(query, ("pratique",), user=user)
    listing = Listing(query, found, PRACTICE_FACETS[:1], expanded=frozenset({"probleme"}))
    return {
        "is_member": False,
        "problems": listing.facets[0].choices if listing.facets else [],
        "recent": listing.results.hits[:RECENT],
        "card_count": found.total,
        "figures": network_figures(),
        "dossiers": DossierPage.objects.visible_to(user).order_by("title")[:3],
    }
