"""One way to read what people type: accents composed, every space and dash a plain one, and where each letter stood."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_PLAIN = str.maketrans(dict.fromkeys(_DASHES, "-") | {"’": "'", "‘": "'", "ʼ": "'", "。": ".", "＠": "@", "﹫": "@"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_END_OF_SENTENCE = re.compile(r"[!?\n]|\.(?=\s+[A-ZÀ-Ý]|\s*$)")
_CIVILITY_BEFORE = re.compile(r"\b(?:M|Mr|Mme|Mlle|Melle|Dr|av|bd|sq|tel)$", re.IGNORECASE)


@dataclass(frozen=True)
class Normalised:
    """`text`: what rules read; `places`: where each of its characters began in what was typed, and where that ended."""

    text: str
    places: tuple[int, ...]

    @cached_property
    def bare(self) -> str:
        """The same in lower case and without accents, character for character."""
        return "".join(unicodedata.normalize("NFD", letter)[0].lower()[0] for letter in self.text)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentence around a passage; a civility's dot ends none."""
        first, last = 0, len(self.text)
        for stop in _END_OF_SENTENCE.finditer(self.text, max(0, start - 200), start):
            if not _CIVILITY_BEFORE.search(self.text, max(0, stop.start() - 6), stop.start()):
                first = stop.end()
        for stop in _END_OF_SENTENCE.finditer(self.text, end, end + 200):
            if not _CIVILITY_BEFORE.search(self.text, max(0, stop.start() - 6), stop.start()):
                last = stop.start()
                break
        return max(first, start - 200), min(last, end + 200)

    def around(self, start: int, end: int) -> str:
        """Return the sentence around a passage, bare."""
        first, last = self.sentence(start, end)
        return self.bare[first:last]


def normalise(typed: str) -> Normalised:
    letters: list[str] = []
    places: list[int] = []
    place = 0
    while place < len(typed):
        after = place + 1
        while after < len(typed) and unicodedata.combining(typed[after]):
            after += 1
        if not _INVISIBLE.match(typed, place):
            letter = unicodedata.normalize("NFC", typed[place:after][:8])[0].translate(_PLAIN)
            if letter.isspace() and letter != "\n":
                letter = " "
            elif letter.isdigit() and not letter.isascii():
                letter = str(unicodedata.digit(letter, 0))
            letters.append(letter)
            places.append(place)
        place = after
    return Normalised("".join(letters), (*places, len(typed)))
