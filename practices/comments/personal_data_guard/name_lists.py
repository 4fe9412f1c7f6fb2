"""Which words are names that people bear, in France: INSEE's lists of first and family names, compiled.

`names.bin`: an entry of five bytes a name, sorted: the CRC-32 of the bare name (lower case, no accents) in little endian, then
what is known of it (`Says`). It is mapped, not read: a megabyte shared by all the processes of a host. `make names`
writes it again (build_names.py); NOTICE says where the lists come from. `not_people.txt` holds capitals that are nobody.
"""

import enum
import functools
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb_site.french.letters import bare_word
from kb_site.french.lexicon import checksum

NAMES = Path(__file__).with_name("names.bin")
NOT_PEOPLE = Path(__file__).with_name("not_people.txt")
ENTRY = np.dtype([("name", "<u4"), ("says", "u1")])


class Says(enum.IntFlag):
    """What lists say of a word."""

    FIRST = 1  # a first name
    FAMILY = 2  # a family name
    WORD = 4  # a common word of French too (« Rose », « Petit »)
    PLACE = 8  # a town, a country or a brand too (« Florence », « France »)
    OFTEN = 16  # a first name of thousands of people


@functools.cache
def _entries() -> NDArray[np.void]:
    return np.memmap(NAMES, ENTRY, mode="r")


@functools.cache
def _checksums() -> NDArray[np.uint32]:
    return np.ascontiguousarray(_entries()["name"])


@functools.cache
def _not_people() -> frozenset[str]:
    lines = NOT_PEOPLE.read_text("utf-8").splitlines()
    return frozenset(bare_word(word) for line in lines if not line.startswith("#") for word in line.split())


@functools.lru_cache(maxsize=20_000)
def says_of(word: str) -> Says:
    """Return what the lists say of a word, whatever its case and accents; nothing for what is known to be nobody."""
    bare = bare_word(word)
    if bare in _not_people():
        return Says.PLACE
    all_of_them = _checksums()
    place = int(np.searchsorted(all_of_them, np.uint32(checksum(bare))))
    if place < len(all_of_them) and int(all_of_them[place]) == checksum(bare):
        return Says(int(_entries()[place]["says"]))
    return Says(0)
