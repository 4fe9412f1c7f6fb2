"""What the page of a card asks those who keep it."""

from typing import Any

from ..card_sections import CardSection, register
from ..models import PracticePage
from .services.verification import asks_whether_true


def _still_true(card: PracticePage, request: Any) -> dict[str, Any]:
    return {"asks_whether_true": asks_whether_true(card, request.user)}


register(CardSection("toujours-vrai", _still_true))
