"""Sending to Elasticsearch, outside the request."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from . import services

# Two locks, so that each kind of job waits once in the queue, however many changes ask for it.
PUSH, REBUILD = "search-push", "search-rebuild"


def defer_push() -> None:
    """Ask the worker to send what waits, unless it is asked already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        push.configure(queueing_lock=PUSH).defer()


def defer_rebuild() -> bool:
    """Ask the worker for a new index; return whether it was not asked already."""
    try:
        with transaction.atomic():
            rebuild.configure(queueing_lock=REBUILD).defer()
    except AlreadyEnqueued:
        return False
    return True


@app.task(queue="search", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def push() -> None:
    services.push()


@app.task(queue="search")
def rebuild() -> None:
    """Build the index anew; one that runs already does the same work."""
    with suppress(services.RebuildRunning):
        services.rebuild()


@app.periodic(cron="* * * * *")
@app.task(queue="search", queueing_lock="search-watch")
def watch_over(timestamp: int, **kwargs: Any) -> None:
    """Every minute: whatever was missed (a dead worker, an Elasticsearch that was down or emptied) is caught up."""
    if settings.ELASTICSEARCH_URL:
        with suppress(services.RebuildRunning, services.EngineUnavailable):
            services.watch_over()
