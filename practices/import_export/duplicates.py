"""Pages of the site that a new one may be: the same title, or nearly; the same address."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from ..models import ResourcePage, ToolPage
from ..text_normalization import folded

ALIKE = 0.86
SHOWN = 3
SHORT_WORD = 3


class Lookalikes:
    """Finds pages by the words of their titles, so that a file of a thousand lines is compared with a thousand pages."""

    def __init__(self, pages: Iterable[Any]) -> None:
        self._titles: dict[int, tuple[str, str]] = {}
        self._by_word: dict[str, set[int]] = {}
        self._by_address: dict[str, list[int]] = {}
        for page in pages:
            self._titles[page.pk] = (page.title, folded(page.title))
            for word in _words(page.title):
                self._by_word.setdefault(word, set()).add(page.pk)
            if address := _address_of(page):
                self._by_address.setdefault(address, []).append(page.pk)

    def of(self, page: Any) -> list[tuple[int, str]]:
        """Return the pages that this one may be, likeliest first: key, title."""
        words, title = _words(page.title), folded(page.title)
        common: dict[int, int] = {}
        for word in words:
            for pk in self._by_word.get(word, ()):
                common[pk] = common.get(pk, 0) + 1
        scores = dict.fromkeys(self._by_address.get(_address_of(page), []), 1.0)
        for pk, count in common.items():
            if 2 * count >= len(words):
                score = SequenceMatcher(None, title, self._titles[pk][1]).ratio()
                if score >= ALIKE:
                    scores[pk] = max(score, scores.get(pk, 0))
        likeliest = sorted(scores, key=lambda pk: (-scores[pk], pk))[:SHOWN]
        return [(pk, self._titles[pk][0]) for pk in likeliest]


def _words(title: str) -> set[str]:
    return {word for word in folded(title).replace("'", " ").split() if len(word) > SHORT_WORD} or {folded(title)}


def _address_of(page: Any) -> str:
    """The site that a tool or a resource is about, "" for anything else."""
    address = page.url if isinstance(page, ResourcePage) else page.website if isinstance(page, ToolPage) else ""
    return address.rstrip("/").lower()
