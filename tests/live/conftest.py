"""A session of the group of the CIP, ready to be held: « animation » runs it, « membre » and « edition » come."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.live.services.running import start_session
from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.models import AgendaItem, Registration, Session, SessionStep
from kb_site.accounts.models import User


def make_session(*, group="cip-ile-de-france", **fields):
    """An open session of today with three steps, two items, three people."""
    person = User.objects.get
    values = {
        "title": "Séance d’essai",
        "format": "lean_coffee",
        "starts_at": timezone.now() - datetime.timedelta(minutes=2),
        "state": "open",
        "facilitator": person(email="animation@example.org"),
    } | fields
    session = Session.objects.create(group=ExchangeGroup.objects.get(slug=group), **values)
    for order, (name, minutes) in enumerate([("Proposer", 5), ("Discuter", 20), ("Conclure", 5)], start=1):
        SessionStep.objects.create(
            session=session, order=order, name=name, minutes=minutes, role="Animation", takes_items=name == "Discuter"
        )
    for order, title in enumerate(["Les forfaits vides", "Qui appelle ?"], start=1):
        AgendaItem.objects.create(session=session, title=title, order=order, minutes=8)
    for name in ("membre", "edition", "karim"):
        Registration.objects.create(session=session, user=person(email=f"{name}@example.org"))
    return session


@pytest.fixture
def session(db):
    """Open, not started."""
    return make_session()


@pytest.fixture
def held(session):
    """Started."""
    start_session(session=session)
    session.refresh_from_db()
    return session


@pytest.fixture
def public_session(db):
    """A public session of a group that « karim » is not in, held, where « karim » is registered."""
    session = make_session(group="siae-numeriques", is_public=True, title="Atelier ouvert")
    start_session(session=session)
    session.refresh_from_db()
    return session


@pytest.fixture
def at():
    """The address of a live page of a session."""
    return lambda session, end: session.get_absolute_url() + end
