"""A pytest plugin: tests once as they are, then on each mutant of the file MUTANTS, in one process (`make mutation`).

The site takes far longer to start than a test to run: so a mutant is not a new process, but other code lent to the functions
that live in this one. What runs at import (fields, constants, decorators) is therefore never mutated.
"""

import gc
import json
import os
import signal
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol

SLOWER = 10  # a test that takes so many times its first time runs in circles
AT_LEAST = 60.0  # seconds
FIRST_TIME = 300.0  # seconds: the first test also makes the database


@dataclass(frozen=True)
class Mutant:
    """One change of a function (see tests/mutation/mutants.py): `source` is the whole module once changed."""

    module: str
    function: str
    operator: str
    difference: str
    source: str

    @property
    def where(self) -> tuple[str, str]:
        """The file and the function, as Python names them in the code that runs."""
        return str(Path(self.module).resolve()), self.function


class TestsOfMutants:
    """One run: which tests enter which function, then, mutant by mutant, whether one of them fails."""

    __test__ = False

    def __init__(self, items: list[pytest.Item], mutants: list[Mutant]) -> None:
        self.items, self.files = items, {mutant.where[0] for mutant in mutants}
        self.entered: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
        self.took: dict[pytest.Item, float] = {}
        self.last_killer: dict[tuple[str, str], pytest.Item] = {}

    def run_unchanged(self) -> list[str]:
        """Run every test once, note which functions it enters; return the names of those that fail, left out from then on."""
        failed = []
        for item in self.items:
            entered: set[tuple[str, str]] = set()

            def note(frame: FrameType, event: str, _arg: Any, entered: set[tuple[str, str]] = entered) -> None:
                code = frame.f_code
                if event == "call" and code.co_filename in self.files:
                    entered.add((code.co_filename, code.co_qualname.partition(".<locals>")[0]))

            threading.setprofile(note)
            sys.setprofile(note)
            begun = time.monotonic()
            try:
                fails = _fails(item, seconds=FIRST_TIME)
            finally:
                sys.setprofile(None)
                threading.setprofile(None)  # type: ignore[arg-type]
            if fails:
                failed.append(item.nodeid)
                continue
            self.took[item] = time.monotonic() - begun
            for where in entered:
                self.entered[where].append(item)
        return failed

    def spoilt(self) -> list[str]:
        """Return the tests that no longer pass as the code is: what the mutants left behind killed the later ones."""
        return [item.nodeid for item in set(self.last_killer.values()) if _fails(item, seconds=FIRST_TIME)]

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test that enters the function fails on this mutant; the last that killed one there comes first."""
        file, name = mutant.where
        code = dict(_codes(compile(mutant.source, file, "exec")))[name]
        lent = [(function, function.__code__) for function in _living(file, name)]
        if self.entered[mutant.where] and not lent:
            raise LookupError(f"tests enter {name}, and nothing of the process is called so: no mutant would be seen")
        for function, _own in lent:
            function.__code__ = code
        killer = self.last_killer.get(mutant.where)
        items = sorted(self.entered[mutant.where], key=lambda item: (item is not killer, self.took[item]))
        try:
            for item in items:
                if _fails(item, seconds=max(AT_LEAST, SLOWER * self.took[item])):
                    self.last_killer[mutant.where] = item
                    return False
        finally:
            for function, own in lent:
                function.__code__ = own
        return True


def _living(file: str, name: str) -> list[FunctionType]:
    """Return the functions of this name that the process holds: more than one, where a manager copies a query set's."""
    return [
        one
        for one in gc.get_objects()
        if type(one) is FunctionType and one.__code__.co_filename == file and one.__code__.co_qualname == name
    ]


def _fails(item: pytest.Item, *, seconds: float) -> bool:
    """Run one test; one that lasts longer than this fails."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        # « Next » is the run itself: what is set up for all of it stays up, and nothing else.
        return any(report.failed for report in runtestprotocol(item, nextitem=item.session, log=False))  # type: ignore[arg-type]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TimeoutError("the mutant runs in circles")


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            yield from _codes(constant)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the mutants in place of the tests; say each survivor, then how many there were."""
    gc.unfreeze()  # tests/conftest.py freezes what stays: what is frozen is not listed, functions to lend code to among it
    say = session.config.pluginmanager.getplugin("terminalreporter").write_line
    mutants = [Mutant(**one) for one in json.loads(Path(os.environ["MUTANTS"]).read_text())]
    run = TestsOfMutants(session.items, mutants)
    for test in run.run_unchanged():
        say(f"left out, it fails without any mutant: {test}", flush=True)
    survivors = Counter[str]()
    for mutant in mutants:
        if run.survives(mutant):
            survivors[mutant.module] += 1
            alone = "" if run.entered[mutant.where] else " (no test enters it)"
            say(f"{mutant.module} {mutant.function}{alone}, {mutant.operator}\n{mutant.difference}", flush=True)
    for test in run.spoilt():
        say(f"not to be trusted: after the mutants, without any, it fails: {test}", flush=True)
    for module, number in Counter(mutant.module for mutant in mutants).items():
        say(f"{module}: {number} mutants, {survivors[module]} survive", flush=True)
    return True
