"""Which words exist in French: a word that nothing here holds is not a slip of the keyboard for all that.

`words.bin` holds the words of Debian's `hunspell-fr` (Grammalecte's dictionary, MPL 2.0) in every form, bare (lower
case, no accents): the CRC-32 of each, sorted, four bytes in little endian. Half a million words so take two megabytes,
shared by all the processes of a host, and are looked up without being read. One string in ten thousand that is no word
passes for one, which only means that a slip is left as it was typed. `make lexicon` writes the file again
(build_lexicon.py). `feminines.txt` and `verbs.txt`, of the same dictionary, tell the headword of words that stemming leaves
apart. `professional.txt` adds the acronyms, brands and words of the profession that dictionaries lack.
"""

import functools
import re
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .letters import bare_word

WORDS = Path(__file__).with_name("words.bin")
FEMININES = Path(__file__).with_name("feminines.txt")  # of the same dictionary: « formatrice formateur »
VERBS = Path(__file__).with_name("verbs.txt")  # of the same dictionary: « reçoit recevoir », bare
PROFESSIONAL = Path(__file__).with_name("professional.txt")
COMPOUNDS = Path(__file__).with_name("compounds.txt")
CHECKSUM = np.dtype("<u4")


def checksum(bare: str) -> int:
    """Return what stands for a word without its accents in the file: two words rarely share one."""
    return zlib.crc32(bare.encode())


def pack(bare_words: Iterable[str]) -> bytes:
    """Return the content of the file of these words."""
    return np.unique(np.fromiter(map(checksum, bare_words), CHECKSUM)).tobytes()


@functools.cache
def _checksums() -> NDArray[np.uint32]:
    return np.memmap(WORDS, CHECKSUM, mode="r")


def _listed(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def compounds() -> list[str]:
    """Return the words that are written in one piece or in several, each with its hyphens."""
    return _listed(COMPOUNDS)


@functools.cache
def _professional() -> frozenset[str]:
    in_pieces = [*_listed(PROFESSIONAL), *compounds()]
    return frozenset(bare_word(re.sub(r"[-']", "", word)) for word in in_pieces)


@functools.cache
def _masculines() -> dict[str, str]:
    by_feminine = dict(line.split() for line in FEMININES.read_text("utf-8").splitlines())
    return {bare_word(masculine): masculine for masculine in by_feminine.values()} | by_feminine


def _masculine_of(bare: str) -> str:
    known = _masculines()
    return known.get(bare) or (known.get(bare[:-1], "") if bare.endswith("s") else "")


@functools.cache
def _infinitives() -> dict[str, str]:
    return dict(line.split() for line in VERBS.read_text("utf-8").splitlines())


def headword_of(bare: str) -> str:
    """Return the headword, with its accents, of a bare word that stemming would not bring to it; "" for any other word.

    The masculine singular of a noun that has both genders, the infinitive of an irregular verb.
    """
    return _masculine_of(bare) or _infinitives().get(bare, "")


def is_professional(word: str) -> bool:
    """Whether a word, with or without its accents, is an acronym, a brand or a word of the profession."""
    return bare_word(word) in _professional()


@functools.lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether a word, with or without its accents, is one of French or of the profession."""
    if is_professional(word):
        return True
    bare = bare_word(word)
    all_of_them = _checksums()
    place = int(np.searchsorted(all_of_them, np.uint32(checksum(bare))))
    return place < len(all_of_them) and int(all_of_them[place]) == checksum(bare)
