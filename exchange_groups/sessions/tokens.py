"""Signed addresses of mails: they act for one person on one session, without signing in, and open nothing else.

They end with the session (held, or cancelled), and with its group; whoever holds them, or runs the session, withdraws
them. The rights of the person are read again each time.
"""

import datetime
from dataclasses import dataclass

from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kb_site.accounts.models import User

from .choices import HELD, SessionState
from .models import LinksWithdrawn, Session

DATES, PLACE = "dates", "place"
_ROUTES = {DATES: "session_dates_by_link", PLACE: "session_place_by_link"}
# Of the session, for who is late to say that they did not come.
ENDS_AFTER = datetime.timedelta(hours=12)


class LinkBroken(Exception):
    """The link was cut or made up, or the person or the session has gone."""


class LinkOver(Exception):
    """The link was good and opens nothing any more: the session is over or cancelled, or the link was withdrawn."""


@dataclass(frozen=True)
class PersonalLink:
    """Whose link it is, for which session."""

    session: Session
    user: User


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"sessions.{purpose}")


def token_for(purpose: str, *, session: Session, user: User) -> str:
    """Return the signed part of an address: « dates » answers the poll, « place » takes or gives back a place."""
    made_at = int(timezone.now().timestamp())
    return _signer(purpose).sign(f"{session.pk}-{user.pk}-{made_at}")


def path_for(purpose: str, *, session: Session, user: User) -> str:
    """Return the path to write in a mail."""
    return reverse(_ROUTES[purpose], args=[token_for(purpose, session=session, user=user)])


def read_link(purpose: str, token: str) -> PersonalLink:
    """Return what a link is for, as of now: an approved account that may still know of the session.

    Raises LinkBroken or LinkOver.
    """
    try:
        session_id, user_id, made_at = (int(number) for number in _signer(purpose).unsign(token).split("-"))
    except (signing.BadSignature, ValueError):
        raise LinkBroken from None
    user = User.objects.filter(pk=user_id).first()
    if user is None or not user.is_approved:
        raise LinkBroken
    sessions = Session.objects.select_related("group", "facilitator", "tool").visible_to(user)  # type: ignore[attr-defined]
    session = sessions.filter(pk=session_id).first()
    if session is None:
        raise LinkBroken
    # Written in whole seconds: a link made in the second of the withdrawal goes with the others.
    since = datetime.datetime.fromtimestamp(made_at, datetime.UTC)
    withdrawn = LinksWithdrawn.objects.filter(Q(user=user) | Q(user=None), session=session, withdrawn_at__gte=since)
    if is_over(session) or withdrawn.exists():
        raise LinkOver
    return PersonalLink(session, user)


def is_over(session: Session) -> bool:
    """Whether the links of a session have ended with it."""
    if session.state in {*HELD, SessionState.CANCELLED}:
        return True
    return session.ends_at is not None and session.ends_at + ENDS_AFTER < timezone.now()


def withdraw_links(*, session: Session, user: User | None) -> None:
    """Let the links sent until now open nothing more: those of a person, or everybody's (None)."""
    LinksWithdrawn.objects.create(session=session, user=user)
