"""French words as search terms: the same for what is indexed and for what is asked.

Each word gives two terms, strip(stem(word)) and stem(strip(word)): people type without accents, and stripping before
stemming alone would separate « régulière » from « régulier » (measured on judged searches, see docs/search.md).
"""

import functools
import re
from collections.abc import Sequence
from itertools import pairwise

from kb_site.french.letters import LIGATURES, bare_word, strip_accents
from kb_site.french.stems import stem

# A word, an acronym with dots, a number glued to its unit apart: "15h" → "15", "h".
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+|\d+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ]", re.IGNORECASE)
HYPHENS = "-‐‑"
MAX_COMPOUND = 24

_GRAMMAR = """
a ai aie aient ait as au aura aurait aux avait avec avez avoir avons ayant c ce cela ces cet cette chez ci comme d
dans de des donc du elle elles en encore est et etaient etait etant ete etes etre eu eux fait faire faut fois font ici
il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne ni nos notre nous on ont ou par pas plus pour qu
quand que quel quelle quelles quels qui quoi s sa se sera serait ses si son sont sous suis sur t ta te tes toi ton
tous tout toute toutes tres tu un une vos votre vous y comment pourquoi peut peux puis dois doit
"""
STOP_WORDS = frozenset(_GRAMMAR.split())
ACRONYMS = frozenset({"AI"})  # written in capitals, they are no stop words: association intermédiaire, « j’ai »
# Words whose stripped form is a stop word but that carry meaning with their accent (« été » the season, « où »): none
# is worth a match in short practical texts, so they stop too.


def words(text: str) -> list[re.Match[str]]:
    """Return the matches of the words of a text, elided articles left out; spans refer to the text."""
    hidden = _ELISION.sub(lambda match: " " * len(match.group()), text)
    return list(_WORD.finditer(hidden))


@functools.lru_cache(maxsize=200_000)
def terms_of_word(word: str) -> tuple[str, ...]:
    """Return the one or two terms of a word; none for a stop word."""
    acronym = word.replace(".", "") in ACRONYMS
    word = word.lower().replace(".", "").translate(LIGATURES)
    bare = strip_accents(word)
    if bare in STOP_WORDS and not acronym:
        return ()
    first, second = strip_accents(stem(word)), strip_accents(stem(bare))
    return (first[:40],) if first == second else (first[:40], second[:40])


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, repetitions kept."""
    return [term for match in words(text) for term in terms_of_word(match.group())]


def joined_compounds(text: str, found: Sequence[re.Match[str]]) -> list[tuple[tuple[str, str], str]]:
    """Return the compounds among the words of a text: their two words, and in one word.

    « wi-fi » gives (("wi", "fi"), "wifi"): people write one or the other.
    """
    return [
        ((one.group(), other.group()), one.group() + other.group())
        for one, other in pairwise(found)
        if other.start() - one.end() == 1
        and text[one.end()] in HYPHENS
        and other.end() - one.start() <= MAX_COMPOUND
        and len(other.group()) > 1
        and (one.group() + other.group()).isalpha()
        and terms_of_word(one.group())
        and terms_of_word(other.group())
    ]


def bare_words(text: str) -> str:
    """Return the words of a text in lower case, without accents, separated by spaces; grammar is kept."""
    return " ".join(bare_word(match.group()) for match in words(text))


def bare_stems(words_: str) -> str:
    """Return the terms of bare words in order, grammar as it is: two wordings of a phrase meet in it."""
    return " ".join((terms_of_bare_word(word) or (word,))[0] for word in words_.split())


@functools.lru_cache(maxsize=200_000)
def terms_of_bare_word(word: str) -> tuple[str, ...]:
    """Return the term of a word that lost its accents: one of the two that terms_of_word() gives for the word."""
    return () if word in STOP_WORDS else (strip_accents(stem(word))[:40],)
