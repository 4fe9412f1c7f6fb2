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


SHARED = "shared_device"


def note_shared_device(request: HttpRequest, *, shared: bool) -> None:
    """Keep what the person says of the device, until the session that they are opening ends."""
    request.session[SHARED] = shared


def is_on_shared_device(request: HttpRequest) -> bool:
    """Whether others use the device of this session."""
    return bool(request.session.get(SHARED))


def end_with_browser_if_shared(request: HttpRequest) -> None:
    """On a shared device, the session ends when the browser is closed."""
    if is_on_shared_device(request):
        request.session.set_expiry(0)
