"""The editors' board as a list of panels, each given by the application that knows the matter.

An application writes a function `(scope, limit) -> Found` in its `board_panels.py` and registers it:

    register(Panel("en-retard", _("Vérification en retard"), find_stale, order=30))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageLogEntry

from ..models import PracticePage, PracticeSectionPage
from ..permissions import SECTION_PATH_LENGTH, pages_to_publish, sections_to_publish, within

# What the history of cards counts, in words.
_COUNTED = {
    "wagtail.workflow.start": _("fiches et changements envoyés en relecture"),
    "wagtail.workflow.approve": _("étapes passées"),
    "wagtail.workflow.reject": _("corrections demandées"),
    "wagtail.publish": _("publications"),
    "practices.still_true": _("« toujours vrai »"),
    "review.typo": _("coquilles"),
}


@dataclass(frozen=True)
class Row:
    """One thing to do: what it is about, a few facts, and the one action that settles it."""

    title: str
    action: str
    url: str
    facts: str = ""
    network: str = ""


@dataclass(frozen=True)
class Found:
    """What a panel holds: how many rows in all, and the first ones."""

    count: int
    rows: list[Row] = field(default_factory=list)


class Scope:
    """What the board of this person covers: the pages they may publish, maybe in one network's section only."""

    def __init__(self, user: Any, section_slug: str = "") -> None:
        self.user = user
        self.section = next((section for section in self._all_sections if section.slug == section_slug), None)

    @cached_property
    def _all_sections(self) -> list[PracticeSectionPage]:
        return list(sections_to_publish(self.user))

    @property
    def sections(self) -> list[PracticeSectionPage]:
        """The sections this person may choose from."""
        return self._all_sections

    @property
    def within(self) -> Q:
        """The condition that a page lies in the chosen section."""
        return within(self.section)

    @property
    def pages(self) -> QuerySet[Page]:
        """The pages of the board, drafts included."""
        return pages_to_publish(self.user).filter(self.within)

    def network_of(self, page: Page) -> str:
        """Return the name of the network whose section holds this page, nothing for what networks share."""
        path = page.path[:SECTION_PATH_LENGTH]
        return next((section.title for section in self._all_sections if section.path == path), "")

    @cached_property
    def counts_of_the_year(self) -> dict[str, int]:
        """What was done in the chosen section, or in all of them, since the first of January: one query."""
        first = timezone.localtime().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        cards = PracticePage.objects.filter(pk__in=self.pages.order_by().values("pk"))
        entries = PageLogEntry.objects.filter(page__in=cards.values("pk"), timestamp__gte=first)
        counted = {action: Count("pk", filter=Q(action=action)) for action in _COUNTED}
        found = entries.aggregate(**{name.replace(".", "_"): count for name, count in counted.items()})
        return {str(words): found[action.replace(".", "_")] for action, words in _COUNTED.items()}

    def found(self, pages: QuerySet[Any], limit: int, row: Callable[[Any], Row]) -> Found:
        """Return the count of these pages and the rows of the first ones: two queries, one when only counting."""
        count = pages.count()
        return Found(count, [row(page) for page in pages[:limit]] if count and limit else [])


@dataclass(frozen=True)
class Panel:
    """A panel of the board. `find` returns its first rows, at most `limit`; a limit of 0 asks for the count alone."""

    name: str
    heading: str | Promise
    find: Callable[[Scope, int], Found]
    order: int


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel to the board; the same name again replaces it."""
    _panels[panel.name] = panel


def panels() -> list[Panel]:
    """Return every panel in its order."""
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.name))
