"""The figures of the guard of personal data on labelled wordings: `python -m tests.practices.guard.figures [--failures]`.

A wording a line, its kind, then its words as JSON writes them; what must be seen stands between double brackets; kind
« - »: ordinary talk of the profession, nothing to see. Every person, number and address is invented. Half of `wordings.tsv`,
chosen by a digest, was never looked at while rules were written. `later_wordings.tsv` was written once they were: .92 of it was
seen then, and .04 of its harmless ones pointed at (.94 and .04 of the 162 at its end, written later still); the rules were mended by
it afterwards (docs/decisions/0038).
"""

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

WORDINGS = Path(__file__).with_name("wordings.tsv")
HARMLESS = "-"
LATER_WORDINGS = Path(__file__).with_name("later_wordings.tsv")
LOOKED_AT, KEPT_ASIDE, LATER = "looked at", "kept aside", "written later"
_MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


@dataclass(frozen=True)
class Wording:
    """One wording: its kind (« - » when harmless), its text, the passages to see (start included, end excluded)."""

    kind: str
    text: str
    passages: tuple[tuple[int, int], ...]
    half: str


@dataclass
class Figures:
    """What a guard saw: wordings by kind, those seen, those seen whole, harmless ones, those pointed at."""

    asked: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    harmless: int = 0
    alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.seen.total() / max(1, self.asked.total())

    @property
    def false_alarms(self) -> float:
        return len(self.alarms) / max(1, self.harmless)


def read() -> Iterator[Wording]:
    yield from _read(WORDINGS)
    yield from _read(LATER_WORDINGS)


def _read(path: Path) -> Iterator[Wording]:
    for line in path.read_text("utf-8").splitlines():
        kind, _tab, written = line.partition("\t")
        escaped = written.replace('"', '\\"')
        marked: str = json.loads(f'"{escaped}"')
        passages, text, place = [], "", 0
        for mark in _MARK.finditer(marked):
            text += marked[place : mark.start()]
            passages.append((len(text), len(text) + len(mark[1])))
            text += mark[1]
            place = mark.end()
        half = KEPT_ASIDE if hashlib.sha256(written.encode()).digest()[0] % 2 else LOOKED_AT
        if path == LATER_WORDINGS:
            half = LATER
        yield Wording(kind, text + marked[place:], tuple(passages), half)


def measure(find: Callable[[str], Iterable], wordings: Iterable[Wording]) -> Figures:
    """Return the figures of `find`: a wording is seen when something found touches each of its passages."""
    figures = Figures()
    for wording in wordings:
        found = [(finding.start, finding.end) for finding in find(wording.text)]
        if wording.kind == HARMLESS:
            figures.harmless += 1
            if found:
                figures.alarms.append(f"{wording.text!r}: {[wording.text[start:end] for start, end in found]}")
            continue
        figures.asked[wording.kind] += 1
        touched = [any(start < last and end > first for start, end in found) for first, last in wording.passages]
        covered = [any(start <= first and end >= last for start, end in found) for first, last in wording.passages]
        figures.seen[wording.kind] += all(touched)
        figures.whole[wording.kind] += all(covered)
        if not all(touched):
            figures.missed.append(f"{wording.kind}: {wording.text!r}: {[wording.text[s:e] for s, e in found]}")
        elif not all(covered):
            figures.missed.append(
                f"(in part) {wording.kind}: {wording.text!r}: {[wording.text[s:e] for s, e in found]}"
            )
    return figures


def table(figures: Figures) -> str:
    lines = [
        f"{kind:12} {figures.seen[kind]:3}/{asked:<3} whole {figures.whole[kind]}"
        for kind, asked in figures.asked.items()
    ]
    total = f"recall {figures.recall:.3f}  false alarms {figures.false_alarms:.3f} ({len(figures.alarms)}/{figures.harmless})"
    return "\n".join([*lines, total])


def main() -> None:
    from practices.comments.personal_data_guard import find_personal_data

    everything = list(read())
    for half in (LOOKED_AT, KEPT_ASIDE, LATER):
        figures = measure(find_personal_data, [one for one in everything if one.half == half])
        print(f"== {half}\n{table(figures)}")
        if half != KEPT_ASIDE and "--failures" in sys.argv:
            print("\n".join([*figures.missed, "-- alarms", *figures.alarms]))


if __name__ == "__main__":
    main()
