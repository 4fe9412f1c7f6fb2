"""Nobody follows anything yet; the jobs that the transaction of a test holds are run as the worker would."""

import json

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.notifications.models import Notification


@pytest.fixture(autouse=True)
def nothing_followed(db):
    """Leave aside the groups that the sample members follow since they entered them."""
    from kb_site.notifications.models import Follow

    Follow.objects.all().delete()


@pytest.fixture
def perform(db):
    """Return a function that runs the waiting jobs of a task, oldest first, until none is left; it says how many.

    `times=2` runs each twice: what a retry does after a crash.
    """
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


@pytest.fixture
def deliver(perform, mailoutbox):
    """Return a function that runs everything from events to mails at once, and returns the mails that left."""

    def run(*, times: int = 1):
        before = len(mailoutbox)
        for name in ("spread", "gather", "send_mail"):
            perform(name, times=times)
        return mailoutbox[before:]

    return run


def unread_count(user) -> int:
    return Notification.objects.filter(recipient=user, read_at=None).count()
