"""Asking the worker for what is done outside the request: by name, as the tasks read the services that ask for them."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

# Two locks, so that each kind of job waits once in the queue, however many changes ask for it.
PUSH, REBUILD = "search-push", "search-rebuild"


def defer_push() -> None:
    """Ask the worker to send what waits, unless it is asked already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("search.push", allow_unknown=False, queueing_lock=PUSH).defer()


def defer_rebuild() -> bool:
    """Ask the worker for a new index; return whether it was not asked already."""
    try:
        with transaction.atomic():
            app.configure_task("search.rebuild", allow_unknown=False, queueing_lock=REBUILD).defer()
    except AlreadyEnqueued:
        return False
    return True
