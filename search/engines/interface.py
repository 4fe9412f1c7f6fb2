"""The interface that every engine implements."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from practices.feasibility.verdicts import Feasibility

from ..facets import KIND_LABELS
from ..highlights import excerpt, marked
from ..models import SearchEntry
from ..queries import PAGE_SIZE, SearchQuery
from ..query_parsing import AskedQuery


@dataclass(frozen=True)
class Hit:
    """One result: its row, and its title, its summary and an excerpt as escaped HTML where the found words are marked.

    The excerpt is "" when the summary already shows the words: the line of a result stays short.
    """

    entry: SearchEntry
    title: SafeString
    excerpt: SafeString
    summary: SafeString = SafeString("")
    verdict: Feasibility | None = None  # of a card, where lacks are asked (feasible.py)

    @property
    def kind(self) -> str:
        """What kind of thing it is, in words."""
        return str(KIND_LABELS.get(self.entry.kind, ""))

    @classmethod
    def of(cls, entry: SearchEntry, wanted: frozenset[str]) -> "Hit":
        """Return the result of an entry, with these terms marked."""
        summary = marked(entry.summary, wanted)
        shown = "<mark>" in summary
        return cls(
            entry, marked(entry.title, wanted), SafeString("") if shown else excerpt(entry.body, wanted), summary
        )


@dataclass(frozen=True)
class SearchResults:
    """One page of hits, their total, and for each facet the count of each value (obeying the other facets).

    A facet that excludes (facets.EXCLUDING) has no counts: its values are what one does not want.

    With words, hits, total and facets are those of what is sure; `near` is what may help too, where sure answers are few.

    `correction` is the text that was searched instead of what was typed, when a word of it was a slip; `offer` is
    another text that may have been meant; `asked` is what was searched, read.
    """

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    correction: str = ""
    offer: str = ""
    asked: AskedQuery | None = None
    near: list[Hit] = field(default_factory=list)


def shows_near(query: SearchQuery, asked: AskedQuery, total: int) -> bool:
    """Whether what may help too stands beside sure answers: on the first page, when it holds them all."""
    return bool(asked.words) and query.page == 1 and query.order == "pertinence" and total <= PAGE_SIZE


class EngineUnavailable(Exception):
    """The engine is down, too slow, or failing: another may answer, and the work is worth trying again."""


class RequestRefused(Exception):
    """The engine is well and refuses this one request: trying again is of no use."""


class EntriesRefused(Exception):
    """The engine refused some entries and took the others; `reasons` holds why, by key."""

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__(f"{len(reasons)} entries refused, such as {next(iter(reasons.items()))}")
        self.reasons = reasons


class Engine(Protocol):
    """Finds entries. It filters by the principals of the query; run_search() checks again what it answers."""

    def search(self, query: SearchQuery, asked: AskedQuery) -> SearchResults:
        """Return one page of what matches. `asked` is the text of the query, read (query_parsing.py, synonyms.py)."""

    def put(self, entries: Iterable[SearchEntry]) -> None:
        """Index these entries, replacing what was known of them."""

    def remove(self, keys: Iterable[str]) -> None:
        """Forget these entries."""

    def rebuild(self) -> int:
        """Index everything anew; return how many entries were indexed."""


def engine_named(name: str) -> Any:
    """Return one of settings.SEARCH_ENGINES: loaded when it is asked for, so that its libraries weigh on nobody else."""
    return import_string(settings.SEARCH_ENGINES[name])()


def first_answer(query: SearchQuery, asked: AskedQuery) -> SearchResults | None:
    """Return what settings.SEARCH_ASKED_FIRST answers; None: PostgreSQL is to answer."""
    results: SearchResults | None = import_string(settings.SEARCH_ASKED_FIRST)(query, asked)
    return results
