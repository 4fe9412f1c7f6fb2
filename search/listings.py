"""What a page of results shows: facets with counts, toggles, chips, tabs, orders, links to the next page."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb_site.search_documents import YES, Facet

from .engines.interface import SearchResults
from .facets import ALL_FACETS, KIND, KINDS, TOGGLES
from .queries import IGNORED, MAX_PAGE, PAGE_SIZE, SearchQuery

FACETS_AT_ONCE = 4
VALUES_AT_ONCE = 6
EXPAND = "plus"  # ?plus=theme shows every value of a facet, ?plus=filtres every facet
ALL_FILTERS = "filtres"

ORDERS = {
    "pertinence": gettext_lazy("Pertinence"),
    "recent": gettext_lazy("Plus récent"),
    "preuve": gettext_lazy("Mieux prouvé"),
    "titre": gettext_lazy("Titre"),
}


@dataclass(frozen=True)
class Choice:
    """A value of a facet on the screen; `count`: how many results bear it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet on the screen. A value without any result is left out unless it is chosen; `more_url` shows the rest."""

    name: str
    label: str | Promise
    choices: list[Choice]
    chosen: int
    more_url: str = ""
    more: int = 0


@dataclass(frozen=True)
class Link:
    """A link to the same search with one thing changed: another page, another order, without a filter."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


class Listing:
    """One page of results, ready for the templates. `expanded` names the facets whose every value is shown."""

    def __init__(
        self,
        query: SearchQuery,
        results: SearchResults,
        facets: tuple[Facet, ...],
        *,
        expanded: frozenset[str] = frozenset(),
    ) -> None:
        self.query, self.results, self.expanded = query, results, expanded
        self._facets = facets
        self._labels: dict[str, dict[str, str]] = {}

    @property
    def total(self) -> int:
        return self.results.total

    def _label(self, facet: Facet, value: str) -> str:
        if facet.name not in self._labels:
            self._labels[facet.name] = facet.labels()
        return self._labels[facet.name].get(value, value)

    @cached_property
    def facets(self) -> list[ShownFacet]:
        """The facets that narrow these results, the first four and those in use unless all are asked for."""
        useful = [facet for facet in self._facets if self._narrows(facet)]
        if ALL_FILTERS not in self.expanded:
            useful = [
                facet for place, facet in enumerate(useful) if place < FACETS_AT_ONCE or facet.name in self.query.facets
            ]
        return [self._shown(facet) for facet in useful]

    def _narrows(self, facet: Facet) -> bool:
        counts = self.results.facets.get(facet.name, {})
        return facet.name in self.query.facets or any(count < self.total for count in counts.values())

    def _shown(self, facet: Facet) -> ShownFacet:
        counts = self.results.facets.get(facet.name, {})
        chosen = self.query.facets.get(facet.name, ())
        values = [*counts, *(value for value in chosen if value not in counts)]
        choices = [Choice(value, self._label(facet, value), counts.get(value, 0), value in chosen) for value in values]
        choices.sort(key=lambda choice: (-choice.count, choice.label))
        kept = choices
        if facet.name not in self.expanded:
            kept = [choice for place, choice in enumerate(choices) if place < VALUES_AT_ONCE or choice.chosen]
        more = len(choices) - len(kept)
        return ShownFacet(
            facet.name, facet.label, kept, len(chosen), self._expanded_url(facet.name) if more else "", more
        )

    def _expanded_url(self, name: str) -> str:
        asked = urlencode([(EXPAND, each) for each in sorted({*self.expanded, name})])
        address = self.query.address()
        return f"{address}{'&' if address != '?' else ''}{asked}"

    @cached_property
    def all_filters_url(self) -> str:
        """The address where every facet is shown, "" when they are."""
        hidden = sum(self._narrows(facet) for facet in self._facets) - len(self.facets)
        return self._expanded_url(ALL_FILTERS) if hidden else ""

    @cached_property
    def toggles(self) -> list[Link]:
        """« Sans data » and « Smartphone suffit »: each link puts the filter on, or off again."""
        links = []
        for facet in TOGGLES:
            on = facet.name in self.query.facets
            count = self.results.facets.get(facet.name, {}).get(YES, 0)
            if on or count:
                url = self.query.address(**{facet.name: "" if on else YES})  # type: ignore[arg-type]
                links.append(Link(str(facet.choices[YES]), url, count, on))
        return links

    @cached_property
    def chips(self) -> list[Link]:
        """The chosen values, each with the address of the same search without it."""
        apart = {KIND.name, *(facet.name for facet in TOGGLES)}
        return [
            Link(self._label(ALL_FACETS[name], value), self.query.address(without=(name, value)))
            for name, values in self.query.facets.items()
            if name not in apart
            for value in values
        ]

    @cached_property
    def understood(self) -> list[Link]:
        """The constraints read in the words, each with the address of the same search that leaves it aside."""
        asked = self.results.asked
        return [Link(one.label, self.query.address(ignoring=one.slug)) for one in (asked.constraints if asked else ())]

    @cached_property
    def tabs(self) -> list[Link]:
        """The kinds of content as tabs, with counts that obey the other filters."""
        counts = self.results.facets.get(KIND.name, {})
        chosen = self.query.facets.get(KIND.name, ())
        return [
            Link(str(label), self.query.address(type=kind), counts.get(kind, 0), kind in chosen)
            for kind, label in KINDS.items()
            if counts.get(kind) or kind in chosen
        ]

    @cached_property
    def orders(self) -> list[Link]:
        """The orders of the results: relevance makes sense only with words, the alphabet only without."""
        return [
            Link(str(label), self.query.address(sort=value), current=value == self.query.order)
            for value, label in ORDERS.items()
            if value != ("titre" if self.query.text else "pertinence")
        ]

    @property
    def everything_url(self) -> str:
        return self.query.address(type="")

    @property
    def without_filters_url(self) -> str:
        return replace(self.query, facets={}, sort="", page=1, exact=False).address()

    @property
    def as_typed_url(self) -> str:
        """The address of the same search without the correction of unknown words."""
        return self.query.address(exact=True)

    @property
    def offer_url(self) -> str:
        """The address of the search for what may have been meant."""
        return replace(self.query, text=self.results.offer).address(page=1)

    @property
    def previous_url(self) -> str:
        return self.query.address(page=self.query.page - 1) if self.query.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.query.address(page=self.query.page + 1) if self.query.page < self.page_count else ""

    @property
    def page_count(self) -> int:
        return min(MAX_PAGE, max(1, -(-self.total // PAGE_SIZE)))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of facets carries along unseen: the words, the order, and facets that it does not show."""
        shown = {facet.name for facet in self.facets}
        pairs = [("q", self.query.text), ("tri", self.query.sort), ("exact", "1" if self.query.exact else "")]
        pairs += [(name, value) for name, values in self.query.facets.items() if name not in shown for value in values]
        pairs += [(IGNORED, slug) for slug in self.query.ignored]
        pairs += [(EXPAND, name) for name in sorted(self.expanded)]
        return [(name, value) for name, value in pairs if value]


def described(query: SearchQuery) -> str:
    """Return a search in words: « téléphone · Jeunes · Sans data » (one query for each facet whose values are rows)."""
    parts = [query.text]
    for name, values in query.facets.items():
        labels = ALL_FACETS[name].labels()
        parts += [labels.get(value, value) for value in values]
    return " · ".join(part for part in parts if part) or _("Tout")
