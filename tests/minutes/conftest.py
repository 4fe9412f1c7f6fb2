"""A session that was held by the CIP of Île-de-France, with notes of every kind."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.choices import Format, ItemState, NoteKind, Presence, SessionState
from exchange_groups.sessions.models import AgendaItem, Note, Registration, Session

from ..notifications.conftest import deliver, nothing_followed, perform  # noqa: F401


@pytest.fixture
def held(account):
    """Facilitated by « animation », written up by « karim »; « membre » was there by phone, « edition » was not."""
    session = Session.objects.create(
        group=ExchangeGroup.objects.get(slug="cip-ile-de-france"),
        title="Garder le lien quand le réseau manque",
        format=Format.LEAN_COFFEE,
        starts_at=timezone.now() - datetime.timedelta(days=2),
        minutes=60,
        facilitator=account("animation"),
        secretary=account("karim"),
        state=SessionState.TO_WRITE_UP,
    )
    calls = AgendaItem.objects.create(session=session, title="Les appels du lundi", order=1, state=ItemState.DONE)
    late = AgendaItem.objects.create(session=session, title="Un pad commun", order=2, state=ItemState.POSTPONED)
    people = {"animation": Presence.PRESENT, "karim": Presence.VISIO, "membre": Presence.TELEPHONE}
    for name, presence in people.items():
        Registration.objects.create(session=session, user=account(name), presence=presence)
    Registration.objects.create(session=session, user=account("edition"), presence=Presence.EXCUSE)
    Registration.objects.create(session=session, guest_name="Une collègue invitée", presence=Presence.TELEPHONE)

    def note(kind, text, **fields):
        return Note.objects.create(session=session, kind=kind, text=text, author=account("karim"), **fields)

    note(NoteKind.NOTE, "On commence par les nouvelles.")
    note(NoteKind.NOTE, "Trois structures appellent le lundi.", item=calls)
    note(NoteKind.BESOIN, "Un forfait sans limite pour deux postes.", item=calls)
    note(NoteKind.DECISION, "On garde le lundi.", item=calls)
    note(NoteKind.IDEE, "L’appel à trois du lundi.", item=calls)
    action = note(
        NoteKind.ACTION, "Écrire la trame d’appel.", item=calls, state="to_do", doer=account("membre"),
        due_on=timezone.localdate() + datetime.timedelta(days=3),
    )  # fmt: skip
    return SimpleNamespace(session=session, calls=calls, late=late, action=action, note=note)


@pytest.fixture
def minutes(held, account):
    """Its minutes, just made."""
    from exchange_groups.minutes.services.writing import write_minutes

    return write_minutes(session=held.session, by=account("karim"))


@pytest.fixture
def line(minutes):
    """Return the standing line that says this."""
    return lambda text: minutes.lines.get(text__contains=text)
