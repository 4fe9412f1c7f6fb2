"""When nothing answers: what does once something is dropped, and the themes that look like the words."""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from exchange_groups.choices import GroupState
from exchange_groups.models import ExchangeGroup
from practices.models import Theme
from search.suggestions.title_words import folded_words

from .engines.interface import SearchResults
from .facets import ALL_FACETS
from .french import terms
from .listings import Link
from .queries import SearchQuery
from .query_parsing import AskedQuery, read_query
from .services import run_search

SHOWN = 5
THEMES_SHOWN = 5
GROUPS_SHOWN = 3
LIKENESS = 0.72  # of two words, from 0 to 1 (difflib): « telefone » and « telephone » are at 0.82
STEM_LENGTH = 4  # words that begin with the same four letters are near
NOT_FACETS_OF_PAGES = ("type",)


@dataclass(frozen=True)
class Looser:
    """A looser search that finds something: what was dropped, in words, its address and its first results."""

    dropped: str
    url: str
    results: SearchResults

    @property
    def hits(self) -> list[Any]:
        return self.results.hits[:SHOWN]


def loosen(query: SearchQuery, results: SearchResults, *, user: Any) -> Looser | None:
    """Return the nearest search that finds something, None when nothing does.

    Tried in this order, the first with results wins: without one filter, without any, without quotes and exclusions,
    without the words. The counts of `results` tell which filter alone stands in the way, so that each try is rare.
    """
    for dropped, looser in _candidates(query, results):
        same_words = looser.text == query.text
        found = run_search(replace(looser, page=1), user=user, asked=results.asked if same_words else None)
        if found.hits:
            return Looser(dropped, looser.address(), found)
    return None


def _candidates(query: SearchQuery, results: SearchResults) -> Iterator[tuple[str, SearchQuery]]:
    filters = [name for name in query.facets if name not in NOT_FACETS_OF_PAGES]
    in_the_way = [name for name in filters if results.facets.get(name)]
    if in_the_way:
        # Counts of a facet obey the others: where there are some, dropping that facet alone is enough.
        name = max(in_the_way, key=lambda name: sum(results.facets[name].values()))
        yield _("sans le filtre « %s »") % ALL_FACETS[name].label, _without(query, [name])
    elif filters and query.text:
        yield _("sans vos filtres"), _without(query, filters)
    asked = read_query(query.text)
    if asked.words and (asked.phrases or asked.excluded):
        plain = replace(_without(query, filters), text=asked.text)
        yield _("sans les guillemets ni les mots exclus"), plain
    if query.text and filters:
        yield _("sans les mots « %s »") % query.text, replace(query, text="", sort="")


def _without(query: SearchQuery, names: list[str]) -> SearchQuery:
    return replace(query, facets={name: values for name, values in query.facets.items() if name not in names})


def groups_to_ask(user: Any, own: Collection[int], asked: AskedQuery | None) -> list[ExchangeGroup]:
    """Return the open exchange groups where this person may ask: their `own` first, those that speak of the words asked
    before the others, then those they may know of.
    """
    known = ExchangeGroup.objects.visible_to(user).filter(state=GroupState.ACTIVE)
    wanted = asked.terms if asked else frozenset[str]()

    def nearness(group: ExchangeGroup) -> int:
        return len(wanted.intersection(terms(f"{group.name} {group.summary} {group.purpose}")))

    return sorted(known, key=lambda group: (group.pk not in own, -nearness(group), group.name))[:GROUPS_SHOWN]


def near_themes(text: str) -> list[Link]:
    """Return the themes that look like the words of a search, the nearest first (one query). Themes are public."""
    typed = folded_words(text)
    scored = []
    for slug, name, synonyms in Theme.objects.values_list("slug", "name", "synonyms") if typed else ():
        words = {word for phrase in (name, *synonyms) for word in folded_words(phrase)}
        likeness = max((_likeness(one, other) for one in typed for other in words), default=0.0)
        if likeness >= LIKENESS:
            scored.append((-likeness, name, slug))
    return [Link(name, f"?theme={slug}") for _likeness_, name, slug in sorted(scored)[:THEMES_SHOWN]]


def _likeness(one: str, other: str) -> float:
    if len(one) < STEM_LENGTH or len(other) < STEM_LENGTH:
        return float(one == other)
    if one[:STEM_LENGTH] == other[:STEM_LENGTH]:
        return 0.9
    return difflib.SequenceMatcher(None, one, other).ratio()
