"""« Did you mean »: words that nothing holds, replaced by the likeliest word one slip away or that sounds the same.

A word is unknown when no entry that the person may read holds it, and only words of such entries are offered: neither
the correction nor its absence tells of what is closed. Slips are made here and looked up all at once (Norvig, 2007), so
that the size of the vocabulary hardly matters; how each word sounds is kept beside it (kb_site/french/phonetics.py).

A word that we lack is not a slip for all that. What French or the profession knows (kb_site/french/lexicon.py), what is
written in capitals, stays as typed. A short word may be a name that we never heard: its correction is offered, not made.
"""

import string
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.db import connection

from kb_site.french.letters import bare_word
from kb_site.french.lexicon import is_professional, is_word
from kb_site.french.phonetics import sound

from .french import STOP_WORDS, Word, terms_of_word, words

SHORTEST = 4  # letters: one slip in a shorter word may be any other word
SHORTEST_SOUND = 3  # sounds, for the same reason
LONG = 6  # letters: a shorter word that we never heard may be a name
MIDDLING = 5  # letters: so may this one, unless it begins as the word does: people seldom slip on the first letter
LONGEST_ACRONYM = 8
FREQUENT = 20  # entries: a name seldom comes so near to a word of so many
ENOUGH = 200  # entries: beyond, two words are equally frequent
READ = 50  # entries in which a word is looked for before it may be shown
# Letters that end words unheard, and are left out: « ne vien plus » is no slip for « lien ».
UNHEARD = ("s", "t", "e", "es", "d", "x", "p", "ent")
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


class Correction(NamedTuple):
    """The typed text with its slips mended, and with what may be slips mended too; each "" where nothing changes."""

    made: str = ""
    offered: str = ""


class _Unknown:
    """An unknown word of the text: what it may have meant, each option with how likely a mistake it is."""

    def __init__(self, matches: Sequence[Word], place: int, text: str) -> None:
        word = matches[place]
        self.start, self.end = word.start(), word.end()
        self.bare = bare_word(word.group())
        self.exists = is_word(word.group())
        self.name = place > 0 and word.group()[0].isupper()
        self.sound = sound(word.group()) if len(self.bare) >= SHORTEST else ""
        self.options: dict[Option, float] = {}
        self.joined: Option | None = None  # with the next word
        self.joined_end = self.end
        self.unfinished = False
        if self.exists:
            return
        self.unfinished = len(self.bare) >= SHORTEST and any(is_word(self.bare + ending) for ending in UNHEARD)
        self.options = dict.fromkeys(_splits(self.bare), SPLIT)
        if len(self.bare) >= SHORTEST:
            self.options |= dict.fromkeys(((edit,) for edit in _one_slip_away(self.bare)), SLIP)
        if place + 1 < len(matches) and text[self.end : matches[place + 1].start()] == " ":
            self.joined, self.joined_end = (
                (self.bare + bare_word(matches[place + 1].group()),),
                matches[place + 1].end(),
            )
            self.options[self.joined] = SLIP

    def is_surely(self, option: Option, *, frequent: bool) -> bool:
        """Whether this word, mistyped, is what this option says; otherwise it may be a word of its own."""
        if self.exists or self.name:
            return False
        if self.unfinished and self.options[option] == SLIP and not option[0].startswith(self.bare):
            return False
        swapped = sorted(self.bare) == sorted("".join(option))
        long = len(self.bare) >= LONG or (len(self.bare) >= MIDDLING and self.bare[0] == option[0][0])
        return frequent or long or swapped or option == self.joined or self.options[option] != SLIP


def corrected(text: str, unknown: Collection[tuple[str, ...]], principals: Collection[str]) -> Correction:
    """Return the typed text with its unknown words corrected.

    `unknown` holds the terms of each unknown word. Costs one query.
    """
    matches = words(text)
    found = [
        _Unknown(matches, place, text)
        for place, word in enumerate(matches)
        if terms_of_word(word.group()) in unknown
        and bare_word(word.group()).isalpha()
        and not _is_acronym(word.group())
    ]
    known = _Known(
        {bare for word in found for option in word.options for bare in option},
        {word.sound for word in found if len(word.sound) >= SHORTEST_SOUND},
        principals,
    )
    changes: list[tuple[_Unknown, Option]] = []
    for word in found:
        alike = known.sounding[word.sound] - {word.bare}
        if word.exists:  # sounds are told roughly: of two words of French, their letters must be near too
            alike = alike.intersection(_one_slip_away(word.bare))
        for bare in alike:
            word.options[(bare,)] = SLIP_THAT_SOUNDS if (bare,) in word.options else SOUND
        if option := known.likeliest(word.options, word.bare):
            changes.append((word, option))
    sure = [(word, option) for word, option in changes if word.is_surely(option, frequent=known.is_frequent(option))]
    return Correction(_changed(text, sure, known), _changed(text, changes, known) if len(sure) < len(changes) else "")


def _is_acronym(word: str) -> bool:
    """Whether a word is an acronym or a name that the profession knows: how one sounds tells of no other word."""
    return is_professional(word) or (len(word) <= LONGEST_ACRONYM and word.isupper())


def _changed(text: str, changes: Sequence[tuple[_Unknown, Option]], known: "_Known") -> str:
    result, end = [], 0
    for word, option in changes:
        if word.start >= end:
            result += [text[end : word.start], " ".join(known.forms[bare] for bare in option)]
            end = word.joined_end if option == word.joined else word.end
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

    def is_frequent(self, option: Option) -> bool:
        """Whether so many entries hold these words that a name is unlikelier than a slip."""
        return all(self._counts[bare] >= FREQUENT and bare not in STOP_WORDS for bare in option)

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
