"""The page of a card, a tool, a resource or a dossier as a list of sections, each given by the application that knows the matter.

An application writes a function `(page, request) -> variables` and registers it when it is ready:

    register(PageSection("experiences", variables, order=10, template="practices/experiences/on_card.html"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CARD = "practicepage"


@dataclass(frozen=True)
class PageSection:
    """Variables of the template of a page and, when there is one, the template shown below its text.

    `on`: the models whose pages show it, by their Django names. The variables of all sections share one context: a name is
    given by one section alone.
    """

    name: str
    variables: Callable[[Any, Any], dict[str, Any]]
    order: int = 0
    template: str = ""
    on: tuple[str, ...] = (CARD,)


_sections: dict[str, PageSection] = {}


def register(section: PageSection) -> None:
    """Add a section to pages; the same name again replaces it."""
    _sections[section.name] = section


def sections(page: Any) -> list[PageSection]:
    """Return every section of a page in its order."""
    shown = [section for section in _sections.values() if page._meta.model_name in section.on]
    return sorted(shown, key=lambda section: (section.order, section.name))


def section_context(page: Any, request: Any) -> dict[str, Any]:
    """Return what sections add to the variables of a page; `below` holds the templates shown below its text."""
    shown = sections(page)
    context: dict[str, Any] = {"below": [section.template for section in shown if section.template]}
    for section in shown:
        context |= section.variables(page, request)
    return context
