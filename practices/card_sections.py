"""The page of a card as a list of sections, each given by the application that knows the matter.

An application writes a function `(card, request) -> variables` and registers it when it is ready:

    register(CardSection("experiences", variables, order=10, template="practices/experiences/on_card.html"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CardSection:
    """Variables of practices/practice_page.html and, when there is one, the template shown below the card.

    The variables of all sections share one context: a name is given by one section alone.
    """

    name: str
    variables: Callable[[Any, Any], dict[str, Any]]
    order: int = 0
    template: str = ""


_sections: dict[str, CardSection] = {}


def register(section: CardSection) -> None:
    """Add a section to the page of a card; the same name again replaces it."""
    _sections[section.name] = section


def sections() -> list[CardSection]:
    """Return every section in its order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.name))


def card_context(card: Any, request: Any) -> dict[str, Any]:
    """Return the variables of practices/practice_page.html; `below` holds the templates shown below the card."""
    context: dict[str, Any] = {"below": [section.template for section in sections() if section.template]}
    for section in sections():
        context |= section.variables(card, request)
    return context
