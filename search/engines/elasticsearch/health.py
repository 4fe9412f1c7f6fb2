"""How search is doing: which engine answers, what the index holds, what waits, what went wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ...models import SearchEntry
from ..interface import EngineUnavailable, engine_named
from .models import Failure, PendingChange

RECENT_FAILURES = 5
LATE = timedelta(minutes=5)  # the worker sends in seconds


@dataclass(frozen=True)
class Health:
    """`indexed` is None when there is no index, or when Elasticsearch does not answer (`answers` tells)."""

    in_use: bool
    answers: bool
    entries: int
    indexed: int | None
    waiting: int
    oldest: datetime | None
    failures: list[Failure]

    @property
    def is_well(self) -> bool:
        """Nothing needs a person: PostgreSQL alone, or an index that holds everything but what was just written."""
        late = self.oldest is not None and timezone.now() - self.oldest > LATE
        return not self.in_use or (self.answers and not late and (self.waiting > 0 or self.indexed == self.entries))


def read_health() -> Health:
    """Ask the database, and Elasticsearch when it is in use; an engine that is down is part of the answer."""
    indexed, answers = None, False
    if settings.ELASTICSEARCH_URL:
        try:
            indexed = engine_named("elasticsearch").count()
            answers = True
        except EngineUnavailable:
            answers = False
    return Health(
        in_use=bool(settings.ELASTICSEARCH_URL),
        answers=answers,
        entries=SearchEntry.objects.count(),
        indexed=indexed,
        waiting=PendingChange.objects.count(),
        oldest=PendingChange.objects.order_by("pk").values_list("created_at", flat=True).first(),
        failures=list(Failure.objects.all()[:RECENT_FAILURES]),
    )
