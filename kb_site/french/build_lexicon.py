"""Writes words.bin anew from the dictionary of Debian's package hunspell-fr: `make lexicon`.

Reads the two files of Hunspell (its manual: hunspell(5)) as far as the French ones go: flags of two letters, suffixes
that may bear further flags, no compounds. Prefixes only elide (« l’ », « qu’ ») and are left out: search takes them off.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .letters import bare_word
from .lexicon import WORDS, pack

_WORD = re.compile(r"[^\W\d_]{2,40}")
DEPTH = 3  # suffixes one after the other


class _Suffix(NamedTuple):
    taken_off: str
    added: str
    flags: tuple[str, ...]
    after: re.Pattern[str]


def _flags(written: str) -> tuple[str, ...]:
    return tuple(written[place : place + 2] for place in range(0, len(written), 2))


def _suffixes(affixes: str) -> dict[str, list[_Suffix]]:
    found: dict[str, list[_Suffix]] = defaultdict(list)
    for line in affixes.splitlines():
        match line.split():
            case ["SFX", flag, taken_off, added, after, *_] if "/" in added or not after.isdigit():
                form, _slash, flags = added.partition("/")
                found[flag].append(
                    _Suffix(taken_off.strip("0"), form.strip("0"), _flags(flags), re.compile(f"(?:{after})$"))
                )
    return found


def _forms(word: str, flags: tuple[str, ...], suffixes: dict[str, list[_Suffix]], depth: int = DEPTH) -> Iterator[str]:
    yield word
    if not depth:
        return
    for flag in flags:
        for suffix in suffixes.get(flag, ()):
            if word.endswith(suffix.taken_off) and suffix.after.search(word):
                stem = word[: len(word) - len(suffix.taken_off)] if suffix.taken_off else word
                yield from _forms(stem + suffix.added, suffix.flags, suffixes, depth - 1)


def words_of(dictionary: Path) -> set[str]:
    """Return the bare words of a Hunspell dictionary, its parts when it is hyphenated."""
    suffixes = _suffixes(dictionary.with_suffix(".aff").read_text("utf-8"))
    found: set[str] = set()
    for line in dictionary.with_suffix(".dic").read_text("utf-8").splitlines()[1:]:
        entry = re.split(r"[\t ]", line)[0]
        word, _slash, flags = entry.partition("/")
        for form in _forms(word, _flags(flags), suffixes):
            found.update(map(bare_word, _WORD.findall(form)))
    return found


if __name__ == "__main__":
    words = words_of(Path(sys.argv[1]))
    WORDS.write_bytes(pack(words))
    sys.stdout.write(f"{len(words)} words, {WORDS.stat().st_size} bytes\n")
