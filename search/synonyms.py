"""Other words for the same thing, added once to a query for every engine.

They come from two places that editors keep in Wagtail: groups of equivalent wordings (names of the trade, acronyms, old
names of institutions) and the synonyms of the themes, which are looser and count less. Read at each search: an edit
shows at once, in every process.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.db.models import Value

from practices.models import Theme

from .french import terms_of_word, words
from .models import SynonymGroup
from .words import AskedQuery, AskedWord, Synonym

EQUIVALENT_WEIGHT = 0.8
THEME_WEIGHT = 0.4


@functools.lru_cache(maxsize=50_000)
def _word_terms(wording: str) -> tuple[tuple[str, ...], ...]:
    return tuple(found for match in words(wording) if (found := terms_of_word(match.group())))


def _position(wording: str, asked: tuple[AskedWord, ...]) -> range | None:
    """Return where the words of a wording stand together in the query."""
    wanted = _word_terms(wording)
    for start in range(len(asked) - len(wanted) + 1 if wanted else 0):
        if all(set(own) & set(word.terms) for own, word in zip(wanted, asked[start:], strict=False)):
            return range(start, start + len(wanted))
    return None


Wordings = Callable[[], list[tuple[float, list[str]]]]


def all_wordings() -> Wordings:
    """Return what reads the groups of wordings with their weights, once for all that share it (one query)."""
    return functools.cache(lambda: list(_wordings()))


def _wordings() -> Iterator[tuple[float, list[str]]]:
    groups = SynonymGroup.objects.order_by().values_list(Value(EQUIVALENT_WEIGHT), Value(""), "wordings")
    themes = Theme.objects.order_by().values_list(Value(THEME_WEIGHT), "name", "synonyms")
    for weight, name, wordings in groups.union(themes, all=True):
        yield weight, [name, *wordings] if name else wordings


def with_synonyms(query: AskedQuery, wordings: Wordings | None = None) -> AskedQuery:
    """Return the query with, at each word of a known wording, the other wordings."""
    if not query.words:
        return query
    added: list[dict[tuple[tuple[str, ...], ...], Synonym]] = [
        {_word_terms(synonym.text): synonym for synonym in word.synonyms} for word in query.words
    ]
    for weight, group in (wordings or all_wordings())():
        places = {wording: place for wording in group if (place := _position(wording, query.words))}
        for place in places.values():
            for number in place:
                for other in group:
                    if other not in places and (key := _word_terms(other)):
                        added[number].setdefault(key, Synonym(other, weight))
    asked = tuple(replace(word, synonyms=tuple(new.values())) for word, new in zip(query.words, added, strict=True))
    return replace(query, words=asked, marked_terms=query.marked_terms | frozenset(_terms(asked)))


def _terms(asked: Iterable[AskedWord]) -> Iterator[str]:
    for word in asked:
        for synonym in word.synonyms:
            for found in _word_terms(synonym.text):
                yield from found
