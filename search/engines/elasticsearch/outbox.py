"""What crosses from the database to Elasticsearch: recording, sending, rebuilding, watching over it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ...models import SearchEntry
from ..interface import EngineUnavailable, EntriesRefused, engine_named
from .models import Failure, PendingChange
from .queue import defer_push

BATCH = 500
MAX_ATTEMPTS = 10  # an entry that is refused this often waits for a person; everything else goes on
MAX_HIDDEN = 1000  # more than that would weigh on every search: PostgreSQL answers until they are sent
KEEP_FAILURES = timedelta(days=30)
PUSHING, REBUILDING = 7_301_001, 7_301_002  # numbers of our advisory locks in PostgreSQL
log = logging.getLogger(__name__)


class RebuildRunning(Exception):
    """Another process is rebuilding the index."""


def record(keys: Iterable[str], *, hides: bool = False) -> None:
    """Note, in the present transaction, that these entries changed; the worker sends them once it is committed.

    `hides`: they have gone, or fewer people may read them. Does nothing without Elasticsearch.
    """
    if not settings.ELASTICSEARCH_URL:
        return
    PendingChange.objects.bulk_create((PendingChange(key=key, hides=hides) for key in keys), batch_size=1000)
    # The row is what counts: if the site dies here, the sweep of every minute finds it.
    transaction.on_commit(defer_push, robust=True)


def hidden_keys() -> list[str]:
    """Return the keys that searches must leave out until Elasticsearch knows; at most MAX_HIDDEN + 1."""
    return list(PendingChange.objects.filter(hides=True).values_list("key", flat=True).distinct()[: MAX_HIDDEN + 1])


def push() -> int:
    """Send what waits, oldest first; return how many changes were sent.

    Raises EngineUnavailable; nothing is lost then. What Elasticsearch refuses stays, and does not hold up the rest.
    """
    sent, last = 0, 0
    try:
        while (batch := _push_batch(after=last)) is not None:
            last, count = batch
            sent += count
    except EngineUnavailable as error:
        note_failure(Failure.During.PUSH, error)
        raise
    return sent


@transaction.atomic
def _push_batch(*, after: int) -> tuple[int, int] | None:
    """Send up to BATCH changes; return the last number read and how many were sent, None when nothing waits."""
    with connection.cursor() as cursor:
        # One sender at a time, and a version drawn under the lock before the entries are read: a later version always
        # carries a later state, so a sender that hung and comes back cannot undo what others sent since.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUSHING])
        rows = list(PendingChange.objects.filter(pk__gt=after, attempts__lt=MAX_ATTEMPTS).order_by("pk")[:BATCH])
        if not rows:
            return None
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [PendingChange._meta.db_table])
        (version,) = cursor.fetchone()
    keys = {row.key for row in rows}
    entries = list(SearchEntry.objects.filter(key__in=keys))
    gone = keys - {entry.key for entry in entries}
    engine = engine_named("elasticsearch")
    refused: dict[str, str] = {}
    with _collecting(refused):
        engine.remove(gone, version=version)
    with _collecting(refused):
        engine.put(entries, version=version, visible_at_once=any(row.hides for row in rows))
    if refused:
        log.error("Elasticsearch refused %s", refused)
        Failure.objects.create(during=Failure.During.PUSH, message=str(refused)[:1000])
    done = [row.pk for row in rows if row.key not in refused]
    PendingChange.objects.filter(pk__in=done).delete()
    for row in rows:
        if row.key in refused:
            row.attempts += 1
            row.save(update_fields=["attempts"])
    return rows[-1].pk, len(done)


@contextmanager
def _collecting(refused: dict[str, str]) -> Iterator[None]:
    """Gather what Elasticsearch refuses, key → reason; it has taken the rest."""
    try:
        yield
    except EntriesRefused as error:
        refused |= error.reasons


@contextmanager
def _only_rebuild() -> Iterator[None]:
    """Hold the right to build an index; it goes with the process, however that dies. Raises RebuildRunning."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [REBUILDING])
        if not cursor.fetchone()[0]:
            raise RebuildRunning
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [REBUILDING])


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Build a new index while the present one answers, then send what still waits; return how many were indexed.

    `progress` is told how many entries are done and how many there are. Raises RebuildRunning, EngineUnavailable, and
    EntriesRefused when some entries were refused and the others are in place.
    """
    with _only_rebuild():
        try:
            count = engine_named("elasticsearch").rebuild(progress)
        except EngineUnavailable as error:
            note_failure(Failure.During.REBUILD, error)
            raise
    push()
    return count


def watch_over() -> None:
    """Send what waits; build the index anew when it is missing or does not hold what the database holds."""
    Failure.objects.filter(at__lt=timezone.now() - KEEP_FAILURES).delete()
    engine = engine_named("elasticsearch")
    indexed = engine.count()
    if indexed is not None:
        push()
        with _only_rebuild():
            engine.forget_unfinished()
        indexed = engine.count()
        if PendingChange.objects.exists() or indexed == SearchEntry.objects.count():
            return
    log.warning("Elasticsearch holds %s entries: building the index anew", indexed)
    rebuild()


def note_failure(during: Failure.During, error: Exception) -> None:
    """Keep a failure for the page of the index's health."""
    log.error("Elasticsearch failed (%s): %s", during.value, error)
    Failure.objects.create(during=during, message=str(error)[:1000])
