"""What a person may do in a session that is held (docs/decisions/0013-live-sessions.md)."""

from enum import StrEnum
from typing import Any

from ..membership import is_partner
from ..sessions.models import Session
from ..sessions.rights import Rights, rights_on
from ..sessions.vocabularies import SessionState

# From the moment people may wait for the start until the minutes are being reread.
FOLLOWED = (SessionState.OUVERTE, SessionState.EN_COURS, SessionState.A_REDIGER)
# What is captured without network may come back after the end, as long as the minutes are not out for rereading.
TAKES_NOTES = (SessionState.EN_COURS, SessionState.A_REDIGER)


class Place(StrEnum):
    """Runs it, shares the group's talk, or attends a public session as a guest of the group."""

    RUNS = "runs"
    TALKS = "talks"
    GUEST = "guest"


def place_of(session: Session, user: Any, rights: Rights | None = None) -> Place | None:
    """Return the place of this person in the session; None when they may not follow it.

    A guest is a person registered for a public session whose group they are not in: they follow what is under way,
    vote by thumb and give notes, but read neither the agenda nor the notes of others. `rights`: when they are known.
    """
    if not user.is_authenticated or not user.is_approved:
        return None
    rights = rights or rights_on(session, user)
    if rights.runs:
        return Place.RUNS
    if rights.reads:
        return Place.TALKS
    is_guest = rights.is_registered and session.state in FOLLOWED and _admits(session, user)
    return Place.GUEST if is_guest else None


def _admits(session: Session, user: Any) -> bool:
    """Whether the session is still public, and open to this person's institution if they come from one."""
    if is_partner(user) and not session.group.admits_institutions:
        return False
    return session.is_visible_to(user)
