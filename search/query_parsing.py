"""A typed query, read once for every engine: words with their synonyms, "quoted phrases", -excluded words."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from search.index.lexicon import Lexicon

from .french import terms, terms_of_word, words

if TYPE_CHECKING:
    from .meaning.constraints import Understood
    from .meaning.needs import Recognised

_QUOTED = re.compile(r"""(?:^|(?<=\s))(-?)(?:"([^"]*)"|«\s*([^»]*?)\s*»|“([^”]*)”)""")
_EXCLUDED = re.compile(r"(?:^|(?<=\s))-(?=[^\W_])(\S+)")


@dataclass(frozen=True)
class Synonym:
    """Another wording of a word, or of the expression it is part of; `weight` is below 1: typed words count more."""

    text: str
    weight: float

    @property
    def terms(self) -> tuple[str, ...]:
        """The first term of each of its words, for an engine that analyses in Python."""
        return tuple(found[0] for match in words(self.text) if (found := terms_of_word(match.group())))


@dataclass(frozen=True)
class AskedWord:
    """One word that carries meaning: as typed, its one or two terms, and its synonyms.

    One that only says a constraint stands `aside`: it orders a little, and nothing is missing where it is absent.
    """

    text: str
    terms: tuple[str, ...]
    synonyms: tuple[Synonym, ...] = ()
    aside: bool = False


@dataclass(frozen=True)
class AskedQuery:
    """What is asked. An entry matches with any word, all the phrases and none of the excluded wordings.

    The words of the phrases are among `words` too, so that they count in the score. `text` is what was typed without
    quotes and exclusions. Without words (grammar alone, exclusions alone) everything matches.
    """

    text: str = ""
    words: tuple[AskedWord, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    lexicon: Lexicon = field(default=Lexicon(), compare=False)  # what the index knows of the terms
    constraints: tuple["Understood", ...] = ()
    needs: tuple["Recognised", ...] = ()  # strongest first

    @cached_property
    def subject(self) -> tuple[AskedWord, ...]:
        """The words that tell what is looked for: all but those that only say a constraint."""
        return tuple(word for word in self.words if not word.aside)

    @cached_property
    def terms(self) -> frozenset[str]:
        """What an entry may hold to match: the terms of the words and of their synonyms."""
        return frozenset(
            term for word in self.words for own in (word.terms, *(one.terms for one in word.synonyms)) for term in own
        )

    @cached_property
    def marked_terms(self) -> frozenset[str]:
        """What highlights mark. The words of a longer synonym mean nothing apart: « coup » is not « coup de fil »."""
        return frozenset(
            term
            for word in self.words
            for own in (word.terms, *(one.terms for one in word.synonyms if len(one.terms) == 1))
            for term in own
        )


def read_query(text: str) -> AskedQuery:
    """Read what was typed; synonyms are added by synonyms.with_synonyms()."""
    phrases: list[str] = []
    excluded: list[str] = []

    def take_quoted(match: re.Match[str]) -> str:
        phrase = next((group for group in match.groups()[1:] if group is not None), "").strip()
        if terms(phrase):
            (excluded if match[1] else phrases).append(phrase)
        return " " if match[1] else f" {phrase} "

    def take_excluded(match: re.Match[str]) -> str:
        if terms(match[1]):
            excluded.append(match[1])
        return " "

    rest = _EXCLUDED.sub(take_excluded, _QUOTED.sub(take_quoted, text))
    asked: dict[tuple[str, ...], AskedWord] = {}
    for match in words(rest):
        if found := terms_of_word(match.group()):
            asked.setdefault(found, AskedWord(match.group(), found))
    return AskedQuery(
        text=" ".join(rest.split()),
        words=tuple(asked.values()),
        phrases=tuple(dict.fromkeys(phrases)),
        excluded=tuple(dict.fromkeys(excluded)),
    )
