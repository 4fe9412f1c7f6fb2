"""Take a place, give it back, move up: one session is locked at a time, so that nobody takes the same place."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from kb_site.accounts.models import User

from ..choices import COMING, DateAnswer, RegistrationState
from ..models import DateOption, DateVote, Registration, Session
from . import notify
from .errors import NotJoinable


@transaction.atomic
def register(*, session: Session, user: User, tell: bool = True) -> Registration:
    """Give this person a place, or one at the end of the waiting list when there is none left. Twice is harmless.

    Raises NotJoinable when they may not come, or when the session is no longer open.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    if not current.may_be_joined_by(user) or current.starts_at is None or current.starts_at <= timezone.now():
        raise NotJoinable
    registration = Registration.objects.filter(session=current, user=user).first()
    if registration is not None and registration.state != RegistrationState.WITHDRAWN:
        return registration
    registration = registration or Registration(session=current, user=user)
    registration.state = RegistrationState.WAITING if _places_left(current) == 0 else RegistrationState.REGISTERED
    registration.registered_at = timezone.now()
    registration.reminded_at = None
    registration.save()
    if tell:  # not where the invitation, which says so too, leaves at the same moment
        notify.confirm_place(registration)
    return registration


@transaction.atomic
def register_guest(*, session: Session, name: str) -> Registration:
    """Give a place to somebody without account, who called: the same name again is harmless. Raises NotJoinable."""
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state not in COMING:
        raise NotJoinable
    known = Registration.objects.filter(session=current, user=None, guest_name__iexact=name).first()
    registration = known or Registration(session=current, guest_name=name)
    if registration.pk is None or registration.state == RegistrationState.WITHDRAWN:
        full = _places_left(current) == 0
        registration.state = RegistrationState.WAITING if full else RegistrationState.REGISTERED
        registration.registered_at = timezone.now()
        registration.save()
    return registration


def register_those_who_said_yes(*, session: Session, option: DateOption) -> list[Registration]:
    """Give a place to those for whom the date that was chosen is a « oui », first answered first; the others are asked."""
    said = DateVote.objects.filter(option=option, answer=DateAnswer.OUI, user__is_active=True).select_related("user")
    given = []
    for vote in said.order_by("answered_at", "pk"):
        with suppress(NotJoinable):  # left the group since
            given.append(register(session=session, user=vote.user, tell=False))
    return given


@transaction.atomic
def withdraw(*, session: Session, user: User) -> None:
    """Give a place back: the first of the waiting list takes it. Twice is harmless. Raises NotJoinable once it is held."""
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state not in COMING:
        raise NotJoinable
    here = Registration.objects.filter(session=current, user=user).exclude(state=RegistrationState.WITHDRAWN)
    if here.update(state=RegistrationState.WITHDRAWN):
        move_up(session=current)


@transaction.atomic
def move_up(*, session: Session) -> list[Registration]:
    """Give the free places to those who wait, first come first; return them. Call it with the session locked."""
    left = _places_left(session)
    waiting = session.registrations.waiting().filter(user__is_active=True).select_related("user", "session")
    promoted: list[Registration] = []
    for registration in waiting:
        if left is not None and len(promoted) >= left:
            break
        # Someone who may come no more (left the group meanwhile) keeps no one waiting behind them.
        if registration.user is None or not session.may_be_joined_by(registration.user):
            continue
        registration.state = RegistrationState.REGISTERED
        registration.save(update_fields=["state"])
        notify.tell_of_promotion(registration)
        promoted.append(registration)
    return promoted


@transaction.atomic
def give_up_places(*, user: User) -> int:
    """Give back the places of a person in coming sessions that they may not know of any more; return how many.

    They have left a group, or their account has ended: others wait for these places.
    """
    taken = Registration.objects.filter(user=user, session__state__in=COMING).exclude(state=RegistrationState.WITHDRAWN)
    known = Session.objects.visible_to(user).values("pk")
    lost = taken.exclude(session__in=known).select_related("session").order_by("session")
    sessions = [registration.session for registration in lost]
    for session in sessions:
        withdraw(session=session, user=user)
    return len(sessions)


def _places_left(session: Session) -> int | None:
    """Places left, None without a limit."""
    if session.capacity is None:
        return None
    return max(session.capacity - session.registrations.registered().count(), 0)
