"""The sample saved searches of fixtures/saved_searches.toml; loading them twice changes nothing."""

from typing import Any

from django.http import QueryDict

from kb_site.accounts.models import User

from ..queries import SearchQuery
from .models import SavedSearch
from .services import save_search


def load_saved_searches(rows: list[dict[str, Any]]) -> int:
    """Add those of these saved searches that are not there yet; return how many."""
    added = 0
    for row in rows:
        user = User.objects.get(email=row["user"])
        params = QueryDict(mutable=True)
        for name, values in row["query"].items():
            params.setlist(name, values if isinstance(values, list) else [values])
        query = SearchQuery.from_params(params, principals=frozenset())
        if not SavedSearch.objects.filter(user=user, name=row["name"]).exists():
            save_search(user=user, name=row["name"], query=query, frequency=row["frequency"])
            added += 1
    return added
