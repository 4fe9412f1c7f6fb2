"""What a person may do in a session that is held (docs/decisions/0013-live-sessions.md)."""

from enum import StrEnum
from typing import Any

from exchange_groups.sessions.choices import RegistrationState, SessionState
from exchange_groups.sessions.models import Session

from ..permissions import is_partner

# From the moment people may wait for the start until the minutes are being reread.
FOLLOWED = (SessionState.OPEN, SessionState.RUNNING, SessionState.TO_WRITE_UP)
# What is captured without network may come back after the end, as long as the minutes are not out for rereading.
TAKES_NOTES = (SessionState.RUNNING, SessionState.TO_WRITE_UP)


class Place(StrEnum):
    """Runs it, shares the group's talk, or attends a public session as a guest of the group."""

    RUNS = "runs"
    TALKS = "talks"
    GUEST = "guest"


def place_of(session: Session, user: Any) -> Place | None:
    """Return the place of this person in the session; None when they may not follow it.

    A guest is a person registered for a public session whose group they are not in: they follow what is under way,
    vote by thumb and give notes, but read neither the agenda nor the notes of others.
    """
    if not user.is_authenticated or not user.is_approved:
        return None
    if session.may_be_run_by(user):
        return Place.RUNS
    if session.may_be_read_by(user):
        return Place.TALKS
    return Place.GUEST if session.state in FOLLOWED and _is_guest(session, user) else None


def _is_guest(session: Session, user: Any) -> bool:
    """Whether this person has a place, the session is still public, and the group admits their institution if any."""
    if is_partner(user) and not (session.group.admits_institutions and session.admits_institutions):
        return False
    registered = session.registrations.filter(user=user, state=RegistrationState.REGISTERED)
    return session.is_visible_to(user) and registered.exists()
