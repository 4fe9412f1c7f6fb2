"""What the page of a card shows of experiences."""

from typing import Any

from ..models import PracticePage
from ..page_sections import PageSection, register
from .summary import summary_of


def _tried(card: PracticePage, request: Any) -> dict[str, Any]:
    return {"summary": summary_of(card, request.user)}


register(PageSection("retours", _tried, order=10, template="practices/experiences/on_card.html"))
