"""What was sought and not found is counted, by a search or as a reader says it: the words, not whose they are."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest

from practices.opinions.signals import not_found

from ..engines.interface import SearchResults
from ..queries import SearchQuery
from ..signals import searched
from .anonymization import countable_words
from .services import Outcome, count_search


@receiver(searched)
def count_gap(request: HttpRequest, query: SearchQuery, results: SearchResults, **kwargs: Any) -> None:
    if results.total or query.facets or request.method != "GET":
        return
    if counted := countable_words(query.text):
        count_search(counted=counted, outcome=Outcome.WITHOUT_RESULT)


@receiver(not_found)
def count_missing(sought: str, **kwargs: Any) -> None:
    if counted := countable_words(sought):
        count_search(counted=counted, outcome=Outcome.WITHOUT_RESULT)
