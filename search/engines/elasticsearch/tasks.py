"""Sending to Elasticsearch, outside the request."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import outbox


@app.task(name="search.push", queue="search", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def push() -> None:
    """Send what waits in the outbox."""
    outbox.push()


@app.task(name="search.rebuild", queue="search")
def rebuild() -> None:
    """Build the index anew; one that runs already does the same work."""
    with suppress(outbox.RebuildRunning):
        outbox.rebuild()


@app.periodic(cron="* * * * *")
@app.task(name="search.watch_over", queue="search", queueing_lock="search-watch")
def watch_over(timestamp: int, **kwargs: Any) -> None:
    """Every minute: whatever was missed (a dead worker, an Elasticsearch that was down or emptied) is caught up."""
    if settings.ELASTICSEARCH_URL:
        with suppress(outbox.RebuildRunning, outbox.EngineUnavailable):
            outbox.watch_over()
