"""« Faisable avec mon public » on what is found: the verdict of each card for the lacks that are asked."""

from collections.abc import Iterable

from practices.feasibility.lacks import lacks_named
from practices.feasibility.verdicts import Feasibility, verdicts_on
from practices.models import PracticePage
from practices.models.conditions import LACK

from .engines.interface import Hit
from .queries import SearchQuery

CARD = "pratique"


def verdicts_on_hits(query: SearchQuery, hits: Iterable[Hit]) -> dict[str, Feasibility]:
    """Return key of an entry → verdict of its card; nothing where no lack is asked. Queries: six at most."""
    lacks = lacks_named(query.facets.get(LACK.name, ()))
    if not lacks:
        return {}
    keys = {int(hit.entry.key.removeprefix("page:")): hit.entry.key for hit in hits if hit.entry.kind == CARD}
    return {keys[pk]: verdict for pk, verdict in verdicts_on(PracticePage.objects.filter(pk__in=keys), lacks).items()}
