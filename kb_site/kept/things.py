"""A thing made once and given again while nothing that it was made of changed."""

from collections.abc import Callable
from hashlib import blake2s
from typing import Any, NamedTuple, TypeVar

from django.core.cache import caches
from django.db import connection

from .dependencies import depend_on, has_uncommitted_writes, noted
from .versions import versions_of

# Dates on pages change at midnight, and a write made by hand in the database is not seen: neither waits longer.
SECONDS = 300

Thing = TypeVar("Thing")


class Kept(NamedTuple):
    thing: Any
    versions: dict[str, str]


def kept(
    key: str, make: Callable[[], Thing], *, worth: Callable[[Thing], bool] = lambda thing: True, where: str = "parts"
) -> Thing:
    """Return what was made under this key while what it was made of is unchanged; else make it, and keep it if it is worth it.

    The key names all that decides of the thing and is not read in a shown table: who may read it first of all.
    """
    if has_uncommitted_writes():
        return make()
    cache = caches[where]
    whole_key = f"{connection.settings_dict['NAME']}:{key}"
    place = f"kept:{blake2s(whole_key.encode()).hexdigest()}"
    before: Kept | None = cache.get(place)
    if before is not None and versions_of(before.versions) == before.versions:
        depend_on(before.versions)
        return before.thing  # type: ignore[no-any-return]
    with noted() as dependencies:
        thing = make()
    if dependencies.versions is not None and worth(thing):
        cache.set(place, Kept(thing, dependencies.versions), timeout=SECONDS)
    return thing
