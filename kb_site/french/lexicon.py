"""Which words exist in French: a word that nothing here holds is not a slip of the keyboard for all that.

`words.bin` holds the words of Debian's `hunspell-fr` (Grammalecte's dictionary, MPL 2.0) in every form, bare (lower
case, no accents): the CRC-32 of each, sorted, four bytes in little endian. Half a million words so take two megabytes,
shared by all the processes of a host, and are looked up without being read. One string in ten thousand that is no word
passes for one, which only means that a slip is left as it was typed. `make lexicon` writes the file again
(build_lexicon.py). `professional.txt` adds the acronyms, brands and words of the profession that dictionaries lack.
"""

import functools
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .letters import bare_word

WORDS = Path(__file__).with_name("words.bin")
PROFESSIONAL = Path(__file__).with_name("professional.txt")
CHECKSUM = np.dtype("<u4")


def checksum(bare: str) -> int:
    return zlib.crc32(bare.encode())


def pack(bare_words: Iterable[str]) -> bytes:
    """Return the content of the file of these words."""
    return np.unique(np.fromiter(map(checksum, bare_words), CHECKSUM)).tobytes()


@functools.cache
def _checksums() -> NDArray[np.uint32]:
    return np.memmap(WORDS, CHECKSUM, mode="r")


@functools.cache
def _professional() -> frozenset[str]:
    lines = PROFESSIONAL.read_text("utf-8").splitlines()
    return frozenset(bare_word(word) for line in lines if not line.startswith("#") for word in line.split())


@functools.lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether a word, with or without its accents, is one of French or of the profession."""
    bare = bare_word(word)
    if bare in _professional():
        return True
    all_of_them = _checksums()
    place = int(np.searchsorted(all_of_them, np.uint32(checksum(bare))))
    return place < len(all_of_them) and int(all_of_them[place]) == checksum(bare)
