"""« Faisable avec mon public » on what is found: the verdict of each card for the lacks that are asked."""

from dataclasses import replace

from practices.feasibility.lacks import lacks_named
from practices.feasibility.verdicts import verdicts_on
from practices.models import PracticePage
from practices.models.conditions import LACK

from .engines.interface import Hit, SearchResults
from .queries import SearchQuery

CARD = "pratique"


def with_verdicts(query: SearchQuery, results: SearchResults) -> SearchResults:
    """Return the results, each card with its verdict; as they are where no lack is asked. Queries: six at most."""
    lacks = lacks_named(query.facets.get(LACK.name, ()))
    if not lacks:
        return results
    cards = [_page(hit) for hit in (*results.hits, *results.near) if hit.entry.kind == CARD]
    verdicts = verdicts_on(PracticePage.objects.filter(pk__in=cards), lacks)

    def judged(hits: list[Hit]) -> list[Hit]:
        return [replace(hit, verdict=verdicts.get(_page(hit))) if hit.entry.kind == CARD else hit for hit in hits]

    return replace(results, hits=judged(results.hits), near=judged(results.near))


def _page(hit: Hit) -> int:
    return int(hit.entry.key.removeprefix("page:"))
