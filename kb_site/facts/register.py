"""The register as pages show it, kept so that a page that cites costs no query for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.db import transaction

if TYPE_CHECKING:
    from .models import Fact

KEY = "facts"
SECONDS = 60  # a host that shares no cache with the others shows a change after them


def shown_facts(codes: Iterable[str]) -> dict[str, "Fact"]:
    """Return these facts by short name; the register is read at most once a minute, and after each change.

    A name that is not in what was kept is asked for, lest a fact that was just written pass for one that was withdrawn.
    """
    from .models import Fact  # models are loaded only now

    wanted = set(codes)
    if not wanted:
        return {}
    kept: dict[str, Fact] | None = caches["face"].get(KEY)
    if kept is None:
        kept = Fact.objects.in_bulk(field_name="code")
        caches["face"].set(KEY, kept, timeout=SECONDS)
    found = {code: kept[code] for code in wanted & kept.keys()}
    missing = wanted - found.keys()
    return found | (Fact.objects.in_bulk(missing, field_name="code") if missing else {})


def forget_facts(**kwargs: Any) -> None:
    """Read them anew, once what is being written is committed."""
    transaction.on_commit(lambda: caches["face"].delete(KEY))
