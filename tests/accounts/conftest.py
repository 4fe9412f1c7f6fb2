"""Accounts of their own, and the mails that the transaction of a test queued."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.accounts import groups
from kb_site.accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def member(db):
    """Return a maker of approved accounts whose address is confirmed."""

    def make(email, **fields):
        return UserFactory(email=email, **{"last_name": "Diop", "structure": None} | fields)

    return make


@pytest.fixture
def sent(db, mailoutbox):
    """Return a function that runs the mail jobs queued since, twice each, and returns what left."""
    done = set(ProcrastinateJob.objects.values_list("id", flat=True))

    def run():
        from procrastinate.contrib.django import app

        app.perform_import_paths()
        before = len(mailoutbox)
        for job in ProcrastinateJob.objects.filter(queue_name="mails").exclude(id__in=done).order_by("id"):
            done.add(job.id)
            for _time in range(2):
                app.tasks[job.task_name](**json.loads(json.dumps(job.args)))
        return mailoutbox[before:]

    return run


@pytest.fixture(autouse=True)
def fresh(settings):
    """No limit left by another test; this is not the demonstration."""
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def person(db):
    """Return a maker of accounts whose address is confirmed."""

    def make(email="sam@exemple.fr", *, group=None, verified=True, **fields):
        fields = {"last_name": "Diop", "role": "", "structure": None, "status": User.Status.PENDING} | fields
        return UserFactory(email=email, verified=verified, group=group or False, **fields)

    return make


@pytest.fixture
def coordinator(person):
    return person("coordination@exemple.fr", group=groups.COORDINATION, status=User.Status.APPROVED)


@pytest.fixture
def browser():
    return Client()
