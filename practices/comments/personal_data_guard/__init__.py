"""Finds what could make a person recognisable in a text about to be published, and says so in plain French.

It points, it never refuses by itself: whoever writes decides, after having been shown, and may take a masked version. Shared
by every door where one writes. `numbers` reads what checksums, plans and labels tell; `reaching`, addresses of all kinds;
`names`, the names of people by lists and context. How well it does is measured: tests/practices/guard/.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from kb_site.french.letters import bare_word

from . import numbers, reaching
from .findings import EXPLANATIONS, Finding
from .names import names
from .normalised import normalise

__all__ = ["Finding", "find_personal_data", "masked"]

MAX_FINDINGS = 10
MOST_CHARACTERS = 40_000  # read in one text: no form takes more

_READERS = (
    reaching.mails,
    reaching.profiles,
    numbers.bank_accounts,
    numbers.social_security,
    numbers.telephones,
    numbers.birth_dates,
    numbers.plates,
    numbers.file_numbers,
    reaching.postal_addresses,
)


def _candidates(text: str, known: Collection[str]) -> Iterator[Finding]:
    read = normalise(text[:MOST_CHARACTERS])

    def finding(kind: str, start: int, end: int, name_start: int) -> Finding:
        first, last = read.places[start], read.places[end]
        words = text[first:last].rstrip()
        return Finding(kind, words, first, first + len(words), EXPLANATIONS[kind], read.places[name_start])

    for reader in _READERS:
        for kind, start, end in islice(reader(read), numbers.MAX_MATCHES):
            yield finding(kind, start, end, start)
    for kind, start, end, name_start in islice(names(read, frozenset(map(bare_word, known))), numbers.MAX_MATCHES):
        yield finding(kind, start, end, name_start)


def _kept(text: str, known: Collection[str]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in _candidates(text, known):  # the surest come first and win
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)


def find_personal_data(text: str, known: Collection[str] = ()) -> list[Finding]:
    """Return what could make a person recognisable, in the order of the text, without overlaps; ten at most.

    `known`: names of people who write here too, as they are shown, whom anyone may name.
    """
    return _kept(text, known)[:MAX_FINDINGS]


def masked(text: str, known: Collection[str] = ()) -> str:
    """Return the text with everything that could make a person recognisable masked: « M. [nom] », « [téléphone] »."""
    for finding in reversed(_kept(text, known)):
        text = text[: finding.start] + finding.masked + text[finding.end :]
    return text
