"""« Did you mean »: words that nothing holds, replaced by the likeliest word one slip away or that sounds the same.

A word is unknown when no entry that the person may read holds it, and only words of such entries are offered: neither
the correction nor its absence tells of what is closed. Slips are made here and looked up all at once (Norvig, 2007), so
that the size of the vocabulary hardly matters; how each word sounds is kept beside it (kb_site/french/phonetics.py).
"""

import string
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from django.db import connection

from kb_site.french.letters import bare_word
from kb_site.french.phonetics import sound

from .french import terms_of_word, words

SHORTEST = 4  # letters: one slip in a shorter word may be any other word
SHORTEST_SOUND = 3  # sounds, for the same reason
ENOUGH = 200  # entries: beyond, two words are equally frequent
READ = 50  # entries in which a word is looked for before it may be shown
# How likely a way of going wrong is, by which the number of entries is multiplied.
SLIP, SOUND, SLIP_THAT_SOUNDS, SPLIT = 1.0, 0.5, 4.0, 0.1

# Of each known word: how many entries that the person may read hold its family, and whether one of them holds this very
# word, which may then be shown. Grammar has no postings: it is everywhere, and tells of nobody.
_LOOK_UP = """
WITH audiences(ids) AS (
    SELECT ARRAY(SELECT id FROM search_index_audience WHERE principals && %(principals)s::varchar[])
)
SELECT v.bare, v.word, v.sound,
    CASE WHEN v.term = '' THEN %(enough)s ELSE (SELECT count(*) FROM (
        SELECT FROM search_index_posting p JOIN search_index_indexedentry i ON i.entry_id = p.entry_id
        WHERE p.term = v.term AND i.audience_id = ANY(audiences.ids) LIMIT %(enough)s) AS found) END,
    v.term = '' OR EXISTS (SELECT FROM (
        SELECT p.entry_id FROM search_index_posting p JOIN search_index_indexedentry i ON i.entry_id = p.entry_id
        WHERE p.term = v.term AND i.audience_id = ANY(audiences.ids) LIMIT %(read)s) AS found
        JOIN search_index_entrywords w ON w.entry_id = found.entry_id
        WHERE (' ' || w.title || ' | ' || w.text || ' ') LIKE '%% ' || v.bare || ' %%')
FROM search_index_vocabularyword v CROSS JOIN audiences
WHERE v.bare = ANY(%(bare)s::varchar[]) OR v.sound = ANY(%(sounds)s::varchar[])
ORDER BY v.word
"""

Option = tuple[str, ...]  # bare words to put in the place of what was typed


def corrected(text: str, unknown: Collection[tuple[str, ...]], principals: Collection[str]) -> str:
    """Return the typed text with its unknown words corrected; "" when none can be.

    `unknown` holds the terms of each unknown word. Costs one query.
    """
    matches = words(text)
    slips: dict[int, dict[Option, float]] = {}  # place of the word → option → how likely a mistake it is
    sounds: dict[int, str] = {}
    joined: dict[int, Option] = {}  # with the next word
    for place, match in enumerate(matches):
        bare = bare_word(match.group())
        if terms_of_word(match.group()) in unknown and bare.isalpha():
            slips[place] = dict.fromkeys(_splits(bare), SPLIT)
            if len(bare) >= SHORTEST:
                slips[place] |= dict.fromkeys(((edit,) for edit in _one_slip_away(bare)), SLIP)
                sounds[place] = sound(match.group())
            if place + 1 < len(matches) and text[match.end() : matches[place + 1].start()] == " ":
                joined[place] = (bare + bare_word(matches[place + 1].group()),)
                slips[place][joined[place]] = SLIP
    known = _Known(
        {bare for options in slips.values() for option in options for bare in option},
        {heard for heard in sounds.values() if len(heard) >= SHORTEST_SOUND},
        principals,
    )
    result, end = [], 0
    for place, options in slips.items():
        for bare in known.sounding[sounds.get(place, "")]:
            options[(bare,)] = SLIP_THAT_SOUNDS if (bare,) in options else SOUND
        found = known.likeliest(options, bare_word(matches[place].group()))
        if found and matches[place].start() >= end:
            result += [text[end : matches[place].start()], " ".join(known.forms[bare] for bare in found)]
            end = matches[place + (found == joined.get(place))].end()
    return "".join([*result, text[end:]]) if result else ""


class _Known:
    """What the vocabulary tells of bare words, and of those that sound like what was typed."""

    def __init__(self, bare: Iterable[str], sounds: Iterable[str], principals: Collection[str]) -> None:
        self.forms: dict[str, str] = {}
        self.sounding: dict[str, set[str]] = defaultdict(set)
        self._counts: dict[str, int] = {}
        params: dict[str, Any] = {
            "bare": sorted(word for word in bare if len(word) > 1),
            "sounds": sorted(sounds),
            "principals": sorted(principals),
            "enough": ENOUGH,
            "read": READ,
        }
        with connection.cursor() as cursor:
            cursor.execute(_LOOK_UP, params)
            for word, form, heard, count, may_be_shown in cursor.fetchall():
                # People leave accents out, and « équipé » is rarer than « équipe »: of the forms of a word the one with
                # the fewest accents is shown, and one without when there is no other.
                self.forms[word] = min(self.forms.get(word, form), form, key=lambda form: _accents(form) or len(form))
                self.sounding[heard].add(word)
                self._counts[word] = count if may_be_shown else 0

    def likeliest(self, options: dict[Option, float], typed: str) -> Option | None:
        """Return the likeliest option, None when no entry holds any. The rarer of two words counts."""
        scores = {
            option: likely * min(self._counts.get(bare, 0) for bare in option) for option, likely in options.items()
        }
        held = sorted(option for option in scores if scores[option])
        return max(held, key=lambda option: (scores[option], _likeness(typed, option)), default=None)


def _accents(form: str) -> int:
    return sum(not letter.isascii() for letter in form)


def _likeness(typed: str, option: Option) -> float:
    return SequenceMatcher(None, typed, "".join(option)).ratio()


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
