"""The version of whatever a kept thing may have been made of: a table, or some rows of one. A write gives another.

Versions live in the cache "parts", which all processes and hosts share; each is a random word, and a write deletes it: a
disk that is full takes no other one, but lets go of this one. A process remembers those that it read until the clock
changes, which every write deletes last: a thing that is kept costs one look at the clock.
"""

import uuid
from collections.abc import Iterable

from django.core.cache import caches

EVERYTHING = "everything"  # a dependency of whatever is kept
CLOCK = "clock"  # settings.CACHES names both keys too: they are doubted after a failure

_remembered: tuple[str, dict[str, str]] = ("", {})


def versions_of(names: Iterable[str]) -> dict[str, str] | None:
    """Return the versions of these dependencies; None where none can be told, and nothing may be kept."""
    global _remembered  # noqa: PLW0603 (replaced whole: threads see one clock with its own versions)
    cache = caches["parts"]
    clock = cache.get(CLOCK) or _first(CLOCK)
    if clock is None:
        return None
    if _remembered[0] != clock:
        _remembered = (clock, {})
    known = _remembered[1]
    unknown = {f"of:{name}": name for name in names if name not in known}
    if unknown:
        told = cache.get_many(list(unknown))
        for key, name in unknown.items():
            version = told.get(key) or _first(key)
            if version is None:
                return None
            known[name] = version
    return {name: known[name] for name in names}


def _first(key: str) -> str | None:
    """Give a version to what has none; another process may have been first."""
    caches["parts"].add(key, uuid.uuid4().hex, timeout=None)
    version: str | None = caches["parts"].get(key)
    return version


def forget(names: Iterable[str]) -> None:
    """What was made of these is of before. The clock goes last: whoever reads the next one finds the new versions."""
    cache = caches["parts"]
    cache.delete_many([f"of:{name}" for name in names])
    cache.delete(CLOCK)


def forget_all() -> None:
    """Nothing kept serves any more: what it was made of was changed out of sight."""
    forget([EVERYTHING])
