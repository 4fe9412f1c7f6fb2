"""The jobs that the transaction of a test holds, run as the worker would."""

import json

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob


@pytest.fixture
def perform(db):
    """Return a function that runs the waiting jobs of a task, oldest first, until none is left; it says how many."""
    done = set(ProcrastinateJob.objects.values_list("id", flat=True))

    def run(name: str, *, times: int = 1) -> int:
        from procrastinate.contrib.django import app

        app.perform_import_paths()
        count = 0
        while job := ProcrastinateJob.objects.filter(task_name__endswith=f".{name}").exclude(id__in=done).first():
            done.add(job.id)
            for _time in range(times):
                app.tasks[job.task_name](**json.loads(json.dumps(job.args)))
            count += 1
        return count

    return run
