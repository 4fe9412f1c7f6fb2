"""People of a session, as its minutes need them."""

from django.db.models import Q, QuerySet

from exchange_groups.sessions.choices import THERE
from exchange_groups.sessions.models import Registration, Session
from kb_site.accounts.models import User

from ..models import ExchangeGroup, Membership


def members_of(group: ExchangeGroup) -> QuerySet[User]:
    """Return the accounts that share the talk of a group."""
    return User.objects.filter(pk__in=Membership.objects.in_effect().filter(group=group).values("user"))


def participants_of(session: Session) -> QuerySet[User]:
    """Return who was there and shares the talk of the group: those who read its minutes before the others."""
    there = Registration.objects.filter(session=session, presence__in=THERE, user__isnull=False)
    return members_of(session.group).filter(pk__in=there.values("user"))


def readers_of(session: Session) -> QuerySet[User]:
    """Return those whose agreement closes a review before its day: who was there, but who facilitated or wrote."""
    return participants_of(session).exclude(pk__in=[pk for pk in (session.facilitator_id, session.secretary_id) if pk])


def possible_doers(session: Session) -> QuerySet[User]:
    """Return who may be given an action: the members of the group, and any account that was there."""
    there = Registration.objects.filter(session=session, presence__in=THERE, user__isnull=False)
    in_it = Q(pk__in=Membership.objects.in_effect().filter(group=session.group).values("user")) | Q(
        pk__in=there.values("user")
    )
    return User.objects.filter(in_it, is_active=True).order_by("first_name", "last_name")


def attendance_of(session: Session) -> list[Registration]:
    """Return those who were there, in the order of names, with their structure (one query)."""
    there = session.registrations.filter(presence__in=THERE).select_related("user__structure")
    return sorted(there, key=lambda one: one.name.casefold())
