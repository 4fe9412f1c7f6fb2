"""The search of Wagtail's own lists (pictures, documents, snippets) over PostgreSQL.

Its lists filter by what they computed too, such as how often a picture is used, and a search with such a filter fails in
the check that every filtered field is indexed, which other engines need. PostgreSQL filters by whatever a queryset says.
"""

from typing import Any

from django.db.models import Lookup
from django.db.models.expressions import Col
from django.db.models.functions import Extract
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)


class _FiltersOfTheDatabase:
    """Lets a filter on a computed value through the check, and asks the others what it always did."""

    def _get_filters_from_where_node(self, where_node: Any, check_only: bool = False) -> Any:
        computed = isinstance(where_node, Lookup) and not isinstance(where_node.lhs, Col | Extract)
        if computed and check_only:
            return None
        return super()._get_filters_from_where_node(where_node, check_only=check_only)  # type: ignore[misc]


class SearchQueryCompiler(_FiltersOfTheDatabase, PostgresSearchQueryCompiler):  # type: ignore[misc]
    """Searches whole words."""


class AutocompleteQueryCompiler(_FiltersOfTheDatabase, PostgresAutocompleteQueryCompiler):  # type: ignore[misc]
    """Searches words by their beginnings."""


class SearchBackend(PostgresSearchBackend):  # type: ignore[misc]
    """Wagtail's own, but for that check."""

    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
