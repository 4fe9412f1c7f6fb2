"""Prepare a session: created, changed, opened, cancelled. Who may is for the caller to check (Session.may_be_run_by)."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from kb_site.accounts.models import User
from practices.models import Theme

from ...models import ExchangeGroup
from ..choices import SessionState
from ..models import Method, Registration, Session
from . import notify
from .errors import NoDate, NowhereToMeet, WrongState
from .places import move_up
from .steps import copy_steps

# A change of one of these is told to everyone: where and when one must be.
APPOINTMENT = ("starts_at", "minutes", "place", "video_link", "phone_number", "phone_code")
CHANGEABLE = (SessionState.DRAFT, SessionState.POLLING, SessionState.OPEN)


@transaction.atomic
def create_session(
    *,
    group: ExchangeGroup,
    by: User,
    submission_key: uuid.UUID,
    method: Method | None,
    values: dict[str, Any],
    themes: Iterable[Theme] = (),
    previous: Session | None = None,
) -> Session:
    """Create a draft with the steps of the former session, or else of the method.

    The same key in the same group gives the same draft; a key made up to meet another group's session does not.
    """
    uid = uuid.uuid5(submission_key, str(group.pk))
    fields = {"group": group, "method": method, "previous": previous, "facilitator": by} | values
    session, created = Session.objects.get_or_create(uid=uid, group=group, defaults=fields)
    if created:
        session.themes.set(themes)
        if source := previous or method:
            copy_steps(session=session, steps=source.steps.all())
    return session


@transaction.atomic
def change_session(*, session: Session, values: dict[str, Any], themes: Iterable[Theme] | None = None) -> Session:
    """Change a session that is not held yet; once open, a change of its appointment is told to everyone, once.

    More places move the waiting list up. Raises WrongState.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state not in CHANGEABLE:
        raise WrongState
    before = {name: getattr(current, name) for name in APPOINTMENT}
    for name, value in values.items():
        setattr(current, name, value)
    moved = any(getattr(current, name) != value for name, value in before.items())
    if current.state == SessionState.OPEN:
        _check_appointment(current)
        current.calendar_sequence += moved
    current.save()
    if themes is not None:
        current.themes.set(themes)
    if current.state == SessionState.OPEN:
        if moved:
            # A new date is reminded anew.
            Registration.objects.filter(session=current).update(reminded_at=None)
            notify.tell_of_move(current)
        move_up(session=current)
    return current


def _check_appointment(session: Session) -> None:
    if session.starts_at is None or session.starts_at <= timezone.now():
        raise NoDate
    if not (session.place or session.video_link or session.phone_number):
        raise NowhereToMeet


@transaction.atomic
def open_session(*, session: Session) -> Session:
    """Open a draft or a poll to registration: the group is invited, those who lead it have their place.

    Raises NoDate, NowhereToMeet, or WrongState when it is no draft nor poll; opened twice, it is told of once.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state == SessionState.OPEN:
        return current
    if current.state not in {SessionState.DRAFT, SessionState.POLLING}:
        raise WrongState
    _check_appointment(current)
    current.state = SessionState.OPEN
    current.save(update_fields=["state"])
    for person in {current.facilitator, current.secretary}:
        if person is not None:
            Registration.objects.get_or_create(session=current, user=person)
    notify.invite(current)
    return current


@transaction.atomic
def cancel_session(*, session: Session, reason: str) -> Session:
    """Cancel a session that is not held yet, and tell everyone once. Cancelled twice is harmless. Raises WrongState."""
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state == SessionState.CANCELLED:
        return current
    if current.state not in CHANGEABLE:
        raise WrongState
    told = current.state != SessionState.DRAFT
    current.state, current.state_reason = SessionState.CANCELLED, reason
    current.calendar_sequence += 1
    current.save(update_fields=["state", "state_reason", "calendar_sequence"])
    if told:
        notify.tell_of_cancellation(current)
    return current
