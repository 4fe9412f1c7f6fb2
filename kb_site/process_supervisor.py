"""Processes that are started again when they stop, as the services of a real deployment are."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable

STEADY = 10.0  # seconds after which a process has shown that it can work here
TRIES = 3  # for one that never did
LONGEST_PAUSE = 30.0


class CannotWork(Exception):
    """A process stops each time, as soon as it is started: waiting will not help."""


class SupervisedProcess:
    """One process, started again when it stops: after a second, then two, four… while it stops at once.

    It leads a group of its own, with the processes that it starts: none outlives it, neither a web server's worker that was
    starting when the server was told to end, nor one that hears no signal.
    """

    def __init__(self, name: str, command: list[str], *, folder: str, say: Callable[[str], object]) -> None:
        self.name = name
        self._command, self._folder, self._say = command, folder, say
        self._steady_once = False
        self._stops = 0  # in a row, without having been steady
        self._start()

    def _start(self) -> None:
        self.process = subprocess.Popen(self._command, cwd=self._folder, start_new_session=True)  # noqa: S603
        self._started = time.monotonic()
        self._next_start: float | None = None

    def look(self) -> bool:
        """Start the process again when it has stopped and it is time; return whether it was. Raises CannotWork."""
        now = time.monotonic()
        if self._next_start is None:
            if now - self._started > STEADY:
                self._steady_once, self._stops = True, 0
            if self.process.poll() is None:
                return False
            self._end_group()
            self._stops += 1
            if self._stops >= TRIES and not self._steady_once:
                raise CannotWork(self.name)
            pause = min(2.0 ** (self._stops - 1), LONGEST_PAUSE)
            self._say(f"« {self.name} » s’est arrêté, nouvel essai dans {pause:.0f} s.")
            self._next_start = now + pause
        if now < self._next_start:
            return False
        self._start()
        return True

    def stop(self, deadline: float) -> None:
        """Wait until the process, told to end, has; kill what is left of it after the deadline (of time.monotonic())."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        """Kill what is left of the process and of those that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
