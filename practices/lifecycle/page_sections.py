"""What the page of a card asks those who keep it."""

from typing import Any

from ..models import PracticePage
from ..page_sections import PageSection, register
from .services.verification import asks_whether_true


def _still_true(card: PracticePage, request: Any) -> dict[str, Any]:
    return {"asks_whether_true": asks_whether_true(card, request.user)}


register(PageSection("toujours-vrai", _still_true))
