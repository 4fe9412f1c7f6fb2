"""Drawings and pictures of steps, which no text carries: kept when the steps of a card come back as text."""

from collections.abc import Iterable
from typing import Any

from .text_normalization import folded

CARRIED = ("drawing", "picture", "picture_shows", "picture_caption")

Steps = list[tuple[str, dict[str, Any]]]


def with_pictures_of(former: Iterable[Any], steps: Steps) -> Steps:
    """Return steps read from a text with what the steps of the same title showed.

    `former`: the steps of the card before; `steps`: as a StreamField takes them. Of two of the same title, each gives once.
    """
    kept: dict[str, list[dict[str, Any]]] = {}
    for child in former:
        shown = {name: child.value[name] for name in CARRIED if child.value.get(name)}
        kept.setdefault(folded(child.value["title"]), []).append(shown)

    def of(title: str) -> dict[str, Any]:
        waiting = kept.get(folded(title))
        return waiting.pop(0) if waiting else {}

    return [(kind, of(step["title"]) | step) for kind, step in steps]
