"""What a page of results shows: facets with counts, chips, tabs, links to the next page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .engines import SearchResults
from .facets import ALL_FACETS, KIND, KINDS, Facet
from .queries import PAGE_SIZE, SearchQuery


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet on the screen; a value without any result is left out unless it is chosen."""

    name: str
    label: str | Promise
    choices: list[Choice]
    chosen: int


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    count: int | None = None
    current: bool = False


class Listing:
    """One page of results, ready for the templates."""

    def __init__(self, query: SearchQuery, results: SearchResults, facets: tuple[Facet, ...]) -> None:
        self.query, self.results = query, results
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
        shown = []
        for facet in self._facets:
            counts = self.results.facets.get(facet.name, {})
            chosen = self.query.facets.get(facet.name, ())
            if not counts and not chosen:
                continue
            values = [*counts, *(value for value in chosen if value not in counts)]
            choices = [
                Choice(value, self._label(facet, value), counts.get(value, 0), value in chosen) for value in values
            ]
            choices.sort(key=lambda choice: (-choice.count, choice.label))
            shown.append(ShownFacet(facet.name, facet.label, choices[:12], len(chosen)))
        return shown

    @cached_property
    def chips(self) -> list[Link]:
        """The chosen values, each with the address of the same search without it."""
        return [
            Link(self._label(ALL_FACETS[name], value), self.query.address(without=(name, value)))
            for name, values in self.query.facets.items()
            if name != KIND.name
            for value in values
        ]

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

    @property
    def everything_url(self) -> str:
        return self.query.address(type="")

    @property
    def previous_url(self) -> str:
        return self.query.address(page=self.query.page - 1) if self.query.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.query.address(page=self.query.page + 1) if self.query.page < self.page_count else ""

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form of facets carries along unseen: the words, and facets that this page does not show."""
        shown = {facet.name for facet in self._facets}
        pairs: list[tuple[str, str]] = [
            (name, value) for name, values in self.query.facets.items() if name not in shown for value in values
        ]
        return [("q", self.query.text), *pairs] if self.query.text else pairs


def sort_choices(query: SearchQuery) -> list[tuple[str, Any, bool]]:
    """Return value, label and whether it is the order in force."""
    labels = {
        "pertinence": _("Pertinence"),
        "recent": _("Plus récent"),
        "preuve": _("Mieux prouvé"),
        "titre": _("Titre"),
    }
    return [(value, label, value == query.order) for value, label in labels.items()]
