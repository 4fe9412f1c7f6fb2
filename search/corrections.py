"""« Did you mean »: words that nothing holds, replaced by the most frequent word one slip away.

A word is unknown when no entry that the person may read holds it, and only words of such entries are offered: neither
the correction nor its absence tells of what is closed. Edits are made here and looked up all at once (Norvig, 2007), so
that nothing is stored for it and the size of the vocabulary hardly matters.
"""

import string
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection

from .french import bare_word, terms_of_bare_word, terms_of_word, words

SHORTEST = 4  # letters: one slip in a shorter word may be any other word
ENOUGH = 200  # entries: beyond, two words are equally frequent

_CANDIDATES = """
WITH audiences(ids) AS (
    SELECT ARRAY(SELECT id FROM search_index_audience WHERE principals && %(principals)s::varchar[])
)
SELECT v.bare, v.word,
       (SELECT count(*) FROM (
            SELECT FROM search_index_posting p JOIN search_index_indexedentry i ON i.entry_id = p.entry_id
            WHERE p.term = asked.term AND i.audience_id = ANY(audiences.ids) LIMIT %(enough)s) AS found)
FROM unnest(%(bare)s::varchar[], %(terms)s::varchar[]) AS asked(bare, term)
JOIN search_index_vocabularyword v ON v.bare = asked.bare CROSS JOIN audiences
"""
_MAY_BE_SHOWN = """
SELECT EXISTS (
    SELECT FROM search_index_posting p
    JOIN search_index_indexedentry i ON i.entry_id = p.entry_id
    JOIN search_index_audience a ON a.id = i.audience_id
    JOIN search_index_entrywords w ON w.entry_id = p.entry_id
    WHERE p.term = %(term)s AND a.principals && %(principals)s::varchar[]
      AND (' ' || w.title || ' | ' || w.text || ' ') LIKE '%% ' || %(bare)s || ' %%'
)
"""


def corrected(text: str, unknown: Collection[tuple[str, ...]], principals: Collection[str]) -> str:
    """Return the typed text with its unknown words corrected; "" when none can be.

    `unknown` holds the terms of each unknown word. Costs one query, and one for each correction that is tried.
    """
    matches = words(text)
    wanted: dict[int, dict[tuple[str, ...], int]] = {}  # place of the word → bare words to put there → words replaced
    for place, match in enumerate(matches):
        bare = bare_word(match.group())
        if terms_of_word(match.group()) in unknown and bare.isalpha():
            wanted[place] = dict.fromkeys(_splits(bare), 1)
            if len(bare) >= SHORTEST:
                wanted[place] |= dict.fromkeys(((edit,) for edit in _one_slip_away(bare)), 1)
            if place + 1 < len(matches) and text[match.end() : matches[place + 1].start()] == " ":
                wanted[place][(bare + bare_word(matches[place + 1].group()),)] = 2
    known = _Known({bare for options in wanted.values() for option in options for bare in option}, principals)
    corrections: dict[int, tuple[str, int]] = {}
    for place, options in wanted.items():
        best = sorted((option for option in options if known.frequency(option)), key=known.frequency, reverse=True)
        if found := next((option for option in best[:3] if known.may_be_shown(option)), None):
            corrections[place] = " ".join(known.forms[bare] for bare in found), options[found]
    result, end = [], 0
    for place, (correction, replaced) in corrections.items():
        if matches[place].start() >= end:
            result += [text[end : matches[place].start()], correction]
            end = matches[place + replaced - 1].end()
    return "".join([*result, text[end:]]) if corrections else ""


class _Known:
    """What the vocabulary tells of bare words."""

    def __init__(self, bare: set[str], principals: Collection[str]) -> None:
        self.principals = sorted(principals)
        self.forms: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        bare = {word for word in bare if len(word) > 1}
        terms = [(terms_of_bare_word(word) or ("",))[0] for word in sorted(bare)]
        params: dict[str, Any] = {"bare": sorted(bare), "terms": terms, "principals": self.principals, "enough": ENOUGH}
        with connection.cursor() as cursor:
            cursor.execute(_CANDIDATES, params)
            for word, form, count in sorted(cursor.fetchall()):
                # Of « congé » and « conge » the one with accents is shown (it sorts after): people leave accents out.
                self.forms[word] = form
                # Grammar has no postings; it is everywhere, and tells nothing of anyone's texts.
                self._counts[word] = count if terms_of_bare_word(word) else ENOUGH

    def frequency(self, option: tuple[str, ...]) -> float:
        """Return the number of entries, up to ENOUGH; that of the rarer of two words, which must be much likelier."""
        count = min(self._counts.get(bare, 0) for bare in option)
        return count if len(option) == 1 else count / 10

    def may_be_shown(self, option: tuple[str, ...]) -> bool:
        return all(not terms_of_bare_word(bare) or self._stands_in_readable(bare) for bare in option)

    def _stands_in_readable(self, bare: str) -> bool:
        """Tell whether an entry that the person may read holds this very word, not only one of its family."""
        with connection.cursor() as cursor:
            params: dict[str, Any] = {"term": terms_of_bare_word(bare)[0], "bare": bare, "principals": self.principals}
            cursor.execute(_MAY_BE_SHOWN, params)
            return bool(cursor.fetchone()[0])


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield the words one letter less, swapped, changed or added away."""
    for place in range(len(word) + 1):
        start, rest = word[:place], word[place:]
        if rest:
            yield start + rest[1:]
            yield from (start + letter + rest[1:] for letter in string.ascii_lowercase)
        if len(rest) > 1:
            yield start + rest[1] + rest[0] + rest[2:]
        yield from (start + letter + rest for letter in string.ascii_lowercase)


def _splits(word: str) -> Iterator[tuple[str, str]]:
    return ((word[:place], word[place:]) for place in range(2, len(word) - 1))
