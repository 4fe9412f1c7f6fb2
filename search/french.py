"""French words as search terms: the same for what is indexed and for what is asked.

Each word gives two terms, strip(stem(word)) and stem(strip(word)): people type without accents, and stripping before
stemming alone would separate « régulière » from « régulier » (measured on judged searches, see docs/search.md).
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from kb_site.french.letters import LIGATURES, bare_word, strip_accents
from kb_site.french.lexicon import compounds, headword_of, is_word
from kb_site.french.stems import stem

# Another number where words are read otherwise: Elasticsearch's index is then built anew (engines/elasticsearch/documents.py).
READING = 2
_LETTER = r"[^\W\d_][\u0300-\u036f]*"  # accents may stand apart, as in texts that come from a PDF
# What joins two pieces of a word: people write one way or another.
_JOINTS = (" ", "\u00a0", "'", "’", "ʼ", "-", "‐", "‑")
# « formateur·rice », « salarié(e)s », « conseiller/ère », « agent.e.s », « employé-e-s »: the ending of the other gender.
_OTHER_ENDING = r"(?:e|es|ne|le|te|se|ve|ère|ere|ière|rice|trice|ice|euse|ienne|esse|rices|trices|euses|ères|ne)"
_INCLUSIVE = rf"""(?:[·•‧∙⋅]{_LETTER}(?:{_LETTER})*(?:[·•‧∙⋅]s)?|\({_OTHER_ENDING}s?\)s?|[./-]{_OTHER_ENDING}(?:[./-]s)?(?!{_LETTER}))"""
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
# An acronym with dots or spaced capitals, a number glued to its unit apart: "15h" → "15", "h".
_ACRONYM = (
    rf"(?:{_LETTER}\. ?)+(?:{_LETTER}\.|{_LETTER}(?!{_LETTER}))|{_CAPITAL}(?: {_CAPITAL}){{2,}}(?!{_LETTER}|['’])"
)
HYPHENS = "-‐‑"
PREFIXES = frozenset(
    "anti auto co contre cyber e extra hyper inter intra macro micro mini mono multi néo neo non para péri post pré pre pluri poly"
    " psycho radio ré re semi socio super sur télé tele trans ultra uni vidéo video visio".split()
)
MAX_COMPOUND = 24


def _ways_to_write(compound: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the bare parts of a compound, joined in every way, each maybe plural; with the compound in one piece."""
    parts = [bare_word(part) for part in re.split(r"[-']", compound)]
    for plurals in product(("", "s"), repeat=len(parts)):
        written = [part + plural for part, plural in zip(parts, plurals, strict=True)]
        for cuts in product((False, True), repeat=len(parts) - 1):
            pieces = [written[0]]
            for cut, part in zip(cuts, written[1:], strict=True):
                pieces = [*pieces, part] if cut else [*pieces[:-1], pieces[-1] + part]
            yield tuple(pieces), "".join(parts)


_COMPOUNDS = {pieces: whole for compound in compounds() for pieces, whole in _ways_to_write(compound)}
_LAST_PIECES = frozenset(pieces[-1] for pieces in _COMPOUNDS)
_MOST_PIECES = max(map(len, _COMPOUNDS))
_WORD = re.compile(rf"(?P<acronym>{_ACRONYM})|(?P<plain>(?:{_LETTER})+)(?P<other>(?i:{_INCLUSIVE}))?|(?P<number>\d+)")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it is read (composed, in one piece, in one gender), and where it stands in the text."""

    text: str
    first: int
    last: int

    def group(self) -> str:
        return self.text

    def start(self) -> int:
        return self.first

    def end(self) -> int:
        return self.last


_GRAMMAR = """
a ai aie aient ait as au aura aurait aux avait avec avez avoir avons ayant c ce cela ces cet cette chez ci comme d
dans de des donc du elle elles en encore est et etaient etait etant ete etes etre eu eux fait faire faut fois font ici
il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne ni nos notre nous on ont ou par pas plus pour qu
quand que quel quelle quelles quels qui quoi s sa se sera serait ses si son sont sous suis sur t ta te tes toi ton
tous tout toute toutes tres tu un une vos votre vous y comment pourquoi peut peux puis dois doit
"""
_NOT_LETTERS = re.compile(r"[\W\d_]+")
STOP_WORDS = frozenset(_GRAMMAR.split())
# Verbs that only help another: whatever their form, they are grammar.
HELPERS = frozenset({"pouvoir", "devoir", "vouloir", "falloir"})
ACRONYMS = frozenset({"AI"})  # written in capitals, they are no stop words: association intermédiaire, « j’ai »
# Words whose stripped form is a stop word but that carry meaning with their accent (« été » the season, « où »): none
# is worth a match in short practical texts, so they stop too.


def words(text: str) -> list[Word]:
    """Return the words of a text, elided articles left out. Whatever its spelling, one thing is read as one word."""
    hidden = _ELISION.sub(lambda match: " " * len(match.group()), text)
    found: list[Word] = []
    for match in _WORD.finditer(hidden):
        written = match["plain"] or (_NOT_LETTERS.sub("", match["acronym"]) if match["acronym"] else match["number"])
        found.append(Word(written if written.isascii() else unicodedata.normalize("NFC", written), *match.span()))
        if bare_word(found[-1].text) in _LAST_PIECES:
            _join_pieces(hidden, found)
        elif len(found) > 1 and found[-1].first - found[-2].last == 1:
            _join_neighbours(hidden, found)
    return found


def _join_pieces(text: str, found: list[Word]) -> None:
    """Read as one the last words that make a compound: « Wi-Fi », « what’s app »."""
    for count in range(min(_MOST_PIECES, len(found)), 0, -1):
        last = found[-count:]
        whole = _COMPOUNDS.get(tuple(bare_word(word.text) for word in last))
        if whole and all(text[one.last : other.first] in _JOINTS for one, other in pairwise(last)):
            found[-count:] = [Word(whole, last[0].first, last[-1].last)]
            return


def _join_neighbours(text: str, found: list[Word]) -> None:
    """Read as one the last two words where a hyphen or a prefix makes them one: « socio-professionnel »."""
    one, other = found[-2:]
    between, whole = text[one.last], one.text + other.text
    tied = between in HYPHENS or (between == " " and one.text.lower() in PREFIXES)
    if tied and len(whole) <= MAX_COMPOUND and whole.isalpha() and is_word(whole):
        found[-2:] = [Word(whole, one.first, other.last)]


def as_read(text: str) -> str:
    """Return the words of a text as they are read, of two genders the masculine, of irregular verbs the infinitive, separated by spaces."""
    return " ".join(headword_of(bare_word(word.text)) or word.text for word in words(text))


@functools.lru_cache(maxsize=200_000)
def terms_of_word(word: str) -> tuple[str, ...]:
    """Return the one or two terms of a word; none for a stop word."""
    acronym = word.replace(".", "") in ACRONYMS
    word = unicodedata.normalize("NFC", word).lower().replace(".", "").translate(LIGATURES)
    bare = strip_accents(word)
    if bare in STOP_WORDS and not acronym:
        return ()
    if headword := headword_of(bare):
        if headword in HELPERS:
            return ()
        word, bare = strip_accents(headword) if word == bare else headword, strip_accents(headword)
    first, second = strip_accents(stem(word)), strip_accents(stem(bare))
    return (first[:40],) if first == second else (first[:40], second[:40])


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, repetitions kept."""
    return [term for match in words(text) for term in terms_of_word(match.group())]


def bare_words(text: str) -> str:
    """Return the words of a text in lower case, without accents, separated by spaces; grammar is kept."""
    return " ".join(bare_word(match.group()) for match in words(text))


def bare_stems(words_: str) -> str:
    """Return the terms of bare words in order, grammar as it is: two wordings of a phrase meet in it."""
    return " ".join((terms_of_bare_word(word) or (word,))[0] for word in words_.split())


@functools.lru_cache(maxsize=200_000)
def terms_of_bare_word(word: str) -> tuple[str, ...]:
    """Return the term of a word that lost its accents: one of the two that terms_of_word() gives for the word."""
    base = base_form(word)
    return () if word in STOP_WORDS or base in HELPERS else (strip_accents(stem(base))[:40],)


@functools.lru_cache(maxsize=200_000)
def base_form(bare: str) -> str:
    """Return the headword of a bare word where stems do not tell it: « formatrices » → « formateur », « recoit » → « recevoir »."""
    return strip_accents(headword_of(bare)) or bare
