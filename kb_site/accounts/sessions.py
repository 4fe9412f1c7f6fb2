"""The devices on which a person is signed in."""

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from .models import User


def close_sessions(user: User, *, but: HttpRequest | None = None) -> int:
    """Sign a person out everywhere, except on the device of this request; return how many were closed."""
    sessions = UserSession.objects.filter(user=user)
    if but is not None:
        sessions = sessions.exclude(session_key=but.session.session_key)
    closed = list(sessions)
    for session in closed:
        session.end()
    return len(closed)


def close_session(user: User, pk: int) -> bool:
    """Sign a person out on one device; whether there was such a device."""
    session = UserSession.objects.filter(user=user, pk=pk).first()
    if session is not None:
        session.end()
    return session is not None
