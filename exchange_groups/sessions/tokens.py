"""Signed addresses of mails: they act for one person on one session, without signing in, and open nothing else.

They hold no date: the session says itself when it is too late, and the rights of the person are read again each time.
"""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from kb_site.accounts.models import User

from .models import Session

DATES, PLACE = "dates", "place"
_ROUTES = {DATES: "session_dates_by_link", PLACE: "session_place_by_link"}


class LinkBroken(Exception):
    """The link was cut or made up, or the person or the session has gone."""


@dataclass(frozen=True)
class PersonalLink:
    """Whose link it is, for which session."""

    session: Session
    user: User


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"sessions.{purpose}")


def token_for(purpose: str, *, session: Session, user: User) -> str:
    """Return the signed part of an address: « dates » answers the poll, « place » takes or gives back a place."""
    return _signer(purpose).sign(f"{session.pk}-{user.pk}")


def path_for(purpose: str, *, session: Session, user: User) -> str:
    """Return the path to write in a mail."""
    return reverse(_ROUTES[purpose], args=[token_for(purpose, session=session, user=user)])


def read_link(purpose: str, token: str) -> PersonalLink:
    """Return what a link is for, as of now: an approved account that may still know of the session. Raises LinkBroken."""
    try:
        session_id, _dash, user_id = _signer(purpose).unsign(token).partition("-")
        user = User.objects.filter(pk=int(user_id)).first()
        number = int(session_id)
    except (signing.BadSignature, ValueError):
        raise LinkBroken from None
    if user is None or not user.is_approved:
        raise LinkBroken
    sessions = Session.objects.select_related("group", "facilitator", "tool").visible_to(user)  # type: ignore[attr-defined]
    session = sessions.filter(pk=number).first()
    if session is None:
        raise LinkBroken
    return PersonalLink(session, user)
