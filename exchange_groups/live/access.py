"""Who comes in: those who may follow a session that is held. A text typed when the sign-in has expired is not lost."""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from exchange_groups.sessions.models import Session
from kb_site.access import View, approved_account_required, object_of_address
from kb_site.accounts.models import User

from .drafts import keep_typed
from .permissions import Place, place_of


def by_script(request: HttpRequest) -> bool:
    """Whether the page's script asks: it wants regions of the page instead of a redirection."""
    return "X-Live" in request.headers


def knows(request: HttpRequest, session: Session) -> bool:
    """Whether the page's script has this version already: it only needs a new pass (tokens.py)."""
    return request.headers.get("X-Live") == str(session.live_version)


def keeping_typed(view: View) -> View:
    """Before a visitor is sent to sign in, keep what they had typed; the script, which keeps it itself, gets a 401."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            if by_script(request):
                return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            if request.method == "POST":
                keep_typed(request)
        return view(request, *args, **kwargs)

    return wrapped


def _followed(user: User, session_id: int, slug: str) -> tuple[Session, Place] | None:
    sessions = Session.objects.select_related("group", "current_step", "current_item__bearer")
    session = sessions.filter(pk=session_id).first()
    place = place_of(session, user) if session else None
    return (session, place) if session and place else None


def session_to_follow(view: View) -> View:
    """Give the view a session that this approved account may follow, and their place in it. Else there is no such page."""

    @keeping_typed
    @object_of_address(_followed, accounts=approved_account_required)
    @wraps(view)
    def wrapped(request: HttpRequest, found: tuple[Session, Place], *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *found, *args, **kwargs)

    return wrapped
