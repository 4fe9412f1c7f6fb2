"""What the home page shows."""

from typing import Any

from kb_site.accounts.principals import principals_of
from practices.models import DossierPage
from search.facets import PRACTICE_FACETS
from search.listings import Listing
from search.queries import SearchQuery
from search.services import run_search

RECENT = 4


def home_context(user: Any) -> dict[str, Any]:
    """Return the problems with their counts, the newest cards and the dossiers that this person may read."""
    query = SearchQuery(facets={"type": ("pratique",)}, principals=principals_of(user))
    listing = Listing(query, run_search(query, user=user), PRACTICE_FACETS[:1], expanded=frozenset({"probleme"}))
    problems = listing.facets[0].choices if listing.facets else []
    dossiers = DossierPage.objects.visible_to(user).order_by("title")[:3]
    return {"problems": problems, "recent": listing.results.hits[:RECENT], "dossiers": dossiers}
