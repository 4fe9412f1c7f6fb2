"""Other words for the same thing, added once to a query for every engine.

They come from two places that editors keep in Wagtail: groups of equivalent wordings (names of the trade, acronyms, old
names of institutions) and the synonyms of the themes, which are looser and count less.
"""

import functools
import json
from collections import defaultdict
from dataclasses import dataclass, replace

from psycopg import sql

from practices.models import Theme

from .french import terms_of_word, words
from .models import SynonymGroup
from .query_parsing import AskedQuery, AskedWord, Synonym

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


@dataclass(frozen=True)
class Groups:
    """Groups of wordings with their weights, and for each term the numbers of the groups where it begins a wording."""

    wordings: tuple[tuple[float, tuple[str, ...]], ...]
    beginning: dict[str, set[int]]

    def touched_by(self, asked: tuple[AskedWord, ...]) -> list[tuple[float, tuple[str, ...]]]:
        """Return the groups that may hold a wording of the query, in their order."""
        numbers = {number for word in asked for term in word.terms for number in self.beginning.get(term, ())}
        return [self.wordings[number] for number in sorted(numbers)]


_NAMES = {"groups": SynonymGroup._meta.db_table, "themes": Theme._meta.db_table}
# What editors wrote, in one value; editor_rules.py reads it.
AS_WRITTEN = sql.SQL("""json_build_array(
    (SELECT json_agg(wordings ORDER BY id) FROM {groups}),
    (SELECT json_agg(array_prepend(name, synonyms::varchar[]) ORDER BY id) FROM {themes}))::text""").format(
    **{name: sql.Identifier(table) for name, table in _NAMES.items()}
)


def read_groups(written: str) -> Groups:
    """Return the groups as read from the database."""
    groups, themes = json.loads(written)
    found = [(EQUIVALENT_WEIGHT, tuple(group)) for group in groups or ()]
    found += [(THEME_WEIGHT, tuple(group)) for group in themes or ()]
    beginning: dict[str, set[int]] = defaultdict(set)
    for number, (_weight, wordings) in enumerate(found):
        for wording in wordings:
            for term in next(iter(_word_terms(wording)), ()):
                beginning[term].add(number)
    return Groups(tuple(found), dict(beginning))


def with_synonyms(query: AskedQuery, groups: Groups) -> AskedQuery:
    """Return the query with, at each word of a known wording, the other wordings."""
    added: list[dict[tuple[tuple[str, ...], ...], Synonym]] = [
        {_word_terms(synonym.text): synonym for synonym in word.synonyms} for word in query.words
    ]
    for weight, group in groups.touched_by(query.words):
        places = {wording: place for wording in group if (place := _position(wording, query.words))}
        for place in places.values():
            for number in place:
                for other in group:
                    if other not in places and (key := _word_terms(other)):
                        added[number].setdefault(key, Synonym(other, weight))
    asked = tuple(replace(word, synonyms=tuple(new.values())) for word, new in zip(query.words, added, strict=True))
    return replace(query, words=asked)
