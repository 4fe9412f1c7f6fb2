"""Queue a job together with the change that asks for it."""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.tasks import Task


def defer(task: Task[..., Any, ...] | str, *, in_seconds: int = 0, **arguments: Any) -> None:
    """Queue a job of procrastinate that exists only if the current transaction commits.

    A task may be named ("sheets.run_import"), by code that its module imports. Raises TaskNotFound for an unknown name.

    In a request the job is a row of that transaction. The worker's queue has a connection of its own: there the job is
    queued just after the commit, so that it never starts before what it reads is written.
    """
    options: dict[str, Any] = {"schedule_in": {"seconds": in_seconds}} if in_seconds else {}
    if isinstance(task, str):
        job = app.configure_task(task, allow_unknown=False, **options)
    else:
        job = task.configure(**options)
    if isinstance(app.connector, DjangoConnector):
        job.defer(**arguments)
    else:
        transaction.on_commit(lambda: job.defer(**arguments))
