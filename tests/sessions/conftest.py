"""Sessions of the sample site; the mails that are queued are handed over as the worker would."""

import datetime
import uuid

import pytest
from django.core import mail
from django.utils import timezone

from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.models import Method, Session
from exchange_groups.sessions.services import preparing
from kb_site.mailing import send
from kb_site.mailing.models import Delivery


@pytest.fixture
def cip(db):
    return ExchangeGroup.objects.get(slug="cip-ile-de-france")


@pytest.fixture
def coming(db):
    """A session of the CIP, open: led by « animation », written by « karim »; « edition » has a place too."""
    return Session.objects.get(title="Lean coffee de décembre")


@pytest.fixture
def poll(db):
    """A date poll of the technical supervisors, led by « edition-parcours »."""
    return Session.objects.get(title="Tour de table : l’heure numérique du vendredi")


@pytest.fixture
def public(db):
    """A session of the public group, open to all."""
    return Session.objects.get(title__startswith="Atelier : mesurer")


@pytest.fixture
def draft(cip, account):
    """A draft that can be opened, led by « animation »."""
    return make_draft(cip, account("animation"))


def make_draft(group, by, **values):
    method = Method.objects.get(slug="lean-coffee")
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + datetime.timedelta(days=20)
    fields = {
        "title": "Lean coffee de janvier",
        "format": method.format,
        "starts_at": starts_at,
        "minutes": 60,
        "place": "Salle relais",
        "phone_number": "01 99 00 00 01",
    } | values
    return preparing.create_session(group=group, by=by, submission_key=uuid.uuid4(), method=method, values=fields)


@pytest.fixture
def deliver(db):
    """Send the mails that are queued; return those that left, by address."""

    def run() -> dict[str, list]:
        before = len(mail.outbox)
        for delivery in Delivery.objects.filter(state=Delivery.State.READY).order_by("pk"):
            send.send(delivery.pk)
        left: dict[str, list] = {}
        for message in mail.outbox[before:]:
            left.setdefault(message.to[0].partition("@")[0], []).append(message)
        return left

    return run
