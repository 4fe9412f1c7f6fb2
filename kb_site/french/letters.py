"""Letters without case, accents nor ligatures: people type with and without them."""

import functools
import unicodedata

LIGATURES = str.maketrans({
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
})  # fmt: skip


def strip_accents(text: str) -> str:
    """Return the text without diacritics, ligatures opened (those of books in PDF too)."""
    decomposed = unicodedata.normalize("NFD", text.translate(LIGATURES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@functools.lru_cache(maxsize=200_000)
def bare_word(word: str) -> str:
    """Return a word in lower case, without accents, the dots of an acronym left out."""
    return strip_accents(word.lower().replace(".", ""))
