"""The search of the editing screens forgives: accents, plurals, and one slip in a word that nothing holds.

A model says what its words are (`words_found`) and inherits FoundByWords: Wagtail's lists and choosers then ask its index, where
these words stand without accents nor plurals beside the ones that Wagtail writes. The site's own search is elsewhere (search/).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from wagtail.search import index

from kb_site.french.letters import bare_word

_WORD = re.compile(r"\w+")
SHORTEST_SINGULAR = 4  # letters: « os », « ans » keep theirs


def bare(text: str) -> str:
    """Return the words of a text as they are compared: lower case, no accents, no plural."""
    return " ".join(_singular(bare_word(word)) for word in _WORD.findall(text))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= SHORTEST_SINGULAR and word[-1] in "sx" else word


class FoundByWords(index.Indexed):
    """Abstract: what the lists and the choosers of the editing screens find by its words."""

    words_found: ClassVar[tuple[str, ...]] = ()
    search_fields: ClassVar[list[Any]] = [index.AutocompleteField("bare_words")]

    def bare_words(self) -> str:
        """The words that this thing is found by."""
        return bare(" ".join(_texts(getattr(self, name) for name in self.words_found)))


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from map(str, value)
        elif value:
            yield str(value)
