"""Writes names.bin anew from INSEE's lists of first and family names: `make names` (its two files are in NOTICE)."""

import csv
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from kb_site.french.build_lexicon import places_of, words_of
from kb_site.french.letters import bare_word
from kb_site.french.lexicon import checksum

from .name_lists import ENTRY, NAMES, Says

LEAST_BIRTHS = 10  # since 1900: fewer are slips of registers as often as names
OFTEN = 2_000
SHORTEST = 2


def first_names(path: Path) -> Counter[str]:
    """Return births by bare name, of INSEE's national file (`sexe;preusuel;annais;nombre`); each part of a compound counts."""
    births: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            for part in row["preusuel"].replace("'", "-").split("-"):
                births[bare_word(part)] += int(row["nombre"])
    return births


def family_names(path: Path) -> set[str]:
    """Return the bare family names of INSEE's file, one a line (its first column)."""
    lines = path.read_text("latin-1").splitlines()
    return {
        bare_word(part) for line in lines for part in line.split("\t")[0].replace("'", "-").replace(" ", "-").split("-")
    }


def main(first: Path, family: Path, dictionary: Path) -> None:
    births = first_names(first)
    says: dict[str, int] = {}
    for name, count in births.items():
        if count >= LEAST_BIRTHS:
            says[name] = Says.FIRST | (Says.OFTEN if count >= OFTEN else 0)
    for name in family_names(family):
        says[name] = says.get(name, 0) | Says.FAMILY
    common, places = words_of(dictionary, common=True), places_of(dictionary)
    found = {}
    for name, said in says.items():
        if len(name) >= SHORTEST and name.isalpha():
            found[checksum(name)] = said | (Says.WORD if name in common else 0) | (Says.PLACE if name in places else 0)
    NAMES.write_bytes(np.array(sorted(found.items()), ENTRY).tobytes())
    sys.stdout.write(f"{len(found)} names in {NAMES.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
