"""Writes words.bin, feminines.txt and verbs.txt anew from the dictionary of Debian's package hunspell-fr: `make lexicon`.

Reads the two files of Hunspell (its manual: hunspell(5)) as far as the French ones go: flags of two letters, suffixes
that may bear further flags, no compounds. Prefixes only elide (« l’ », « qu’ ») and are left out: search takes them off.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .letters import bare_word, strip_accents
from .lexicon import FEMININES, VERBS, WORDS, pack
from .stems import stem

_WORD = re.compile(r"[^\W\d_]{2,40}")
DEPTH = 3  # suffixes one after the other
THIRD_GROUP = "po:v3"
LITERARY = {"po:ipsi", "po:simp"}  # tenses of books


class _Suffix(NamedTuple):
    taken_off: str
    added: str
    flags: tuple[str, ...]
    after: re.Pattern[str]
    feminine: bool
    literary: bool

    def added_to(self, word: str) -> str:
        """Return the word with this suffix; "" where it takes none."""
        if not word.endswith(self.taken_off) or not self.after.search(word):
            return ""
        return word[: len(word) - len(self.taken_off)] + self.added


def _flags(written: str) -> tuple[str, ...]:
    return tuple(written[place : place + 2] for place in range(0, len(written), 2))


def _suffixes(affixes: str) -> dict[str, list[_Suffix]]:
    found: dict[str, list[_Suffix]] = defaultdict(list)
    for line in affixes.splitlines():
        match line.split():
            case ["SFX", flag, taken_off, added, after, *tells]:
                form, _slash, flags = added.partition("/")
                found[flag].append(
                    _Suffix(
                        taken_off.strip("0"),
                        form.strip("0"),
                        _flags(flags),
                        re.compile(f"(?:{after})$"),
                        {"is:fem", "is:sg"} <= {*tells},
                        bool(LITERARY.intersection(tells)),
                    )
                )
    return found


def _forms(word: str, flags: tuple[str, ...], suffixes: dict[str, list[_Suffix]], depth: int = DEPTH) -> Iterator[str]:
    yield word
    if not depth:
        return
    for flag in flags:
        for suffix in suffixes.get(flag, ()):
            if form := suffix.added_to(word):
                yield from _forms(form, suffix.flags, suffixes, depth - 1)


def _entries(dictionary: Path) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each entry: the word, its flags, what the dictionary tells of it."""
    for line in dictionary.with_suffix(".dic").read_text("utf-8").splitlines()[1:]:
        entry, _space, tells = line.replace("\t", " ").partition(" ")
        word, _slash, flags = entry.partition("/")
        yield word, _flags(flags), tells


def feminines_of(dictionary: Path) -> dict[str, str]:
    """Return the masculine of the feminine nouns, bare: « formatrice » → « formateur »."""
    suffixes = _suffixes(dictionary.with_suffix(".aff").read_text("utf-8"))
    entries = [entry for entry in _entries(dictionary) if "po:nom" in entry[2] and entry[0].islower()]
    heads = {bare_word(word) for word, _flags_, _tells in entries}
    found = {}
    for word, flags, _tells in entries:
        for suffix in (suffix for flag in flags for suffix in suffixes.get(flag, ()) if suffix.feminine):
            form = bare_word(suffix.added_to(word))
            if form.isalpha() and form not in heads:
                found[form] = word
    return found


def verbs_of(dictionary: Path) -> dict[str, str]:
    """Return the infinitive of the forms of irregular verbs whose stems differ from its own, bare: « reçoit » → « recevoir ».

    A form that two verbs share, or that is a noun too (« lit », « suivi »), stays as it is; adjectives are participles.
    """
    suffixes = _suffixes(dictionary.with_suffix(".aff").read_text("utf-8"))
    spoken = {name: [one for one in some if not one.literary] for name, some in suffixes.items()}
    verbs: dict[str, set[str]] = defaultdict(set)
    others: set[str] = set()
    for word, flags, tells in _entries(dictionary):
        if "po:v" in tells:
            infinitive = word if THIRD_GROUP in tells else ""
            for form in _forms(word, flags, spoken):
                verbs[bare_word(form)].add(infinitive)
        elif word.islower() and "po:adj" not in tells:
            others.update(map(bare_word, _forms(word, flags, suffixes)))
    found = {}
    for form, infinitives in verbs.items():
        infinitive = next(iter(infinitives)) if len(infinitives) == 1 else ""
        told_apart = infinitive and form.isalpha() and form not in others
        if told_apart and stem(form) != strip_accents(stem(infinitive)):
            found[form] = infinitive
    return found


def words_of(dictionary: Path, *, common: bool = False) -> set[str]:
    """Return the bare words of a Hunspell dictionary, its parts when it is hyphenated; with `common`, no proper name."""
    suffixes = _suffixes(dictionary.with_suffix(".aff").read_text("utf-8"))
    found: set[str] = set()
    for word, flags, _tells in _entries(dictionary):
        if common and not word.islower():
            continue
        for form in _forms(word, flags, suffixes):
            found.update(map(bare_word, _WORD.findall(form)))
    return found


def places_of(dictionary: Path) -> set[str]:
    """Return the bare names that are neither of people nor of their families: towns, countries, brands."""
    found: set[str] = set()
    for word, _, tells in _entries(dictionary):
        if "po:npr" in tells:
            found.update(map(bare_word, _WORD.findall(word)))
    return found


if __name__ == "__main__":
    words = words_of(Path(sys.argv[1]))
    WORDS.write_bytes(pack(words))
    feminines = feminines_of(Path(sys.argv[1]))
    FEMININES.write_text("".join(f"{form} {word}\n" for form, word in sorted(feminines.items())), "utf-8")
    verbs = verbs_of(Path(sys.argv[1]))
    VERBS.write_text("".join(f"{form} {word}\n" for form, word in sorted(verbs.items())), "utf-8")
    sys.stdout.write(
        f"{len(words)} words in {WORDS.stat().st_size} bytes, {len(feminines)} feminines, {len(verbs)} forms of verbs\n"
    )
