"""Who comes in: those who may follow a session that is held. A text typed when the sign-in has expired is not lost."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from exchange_groups.sessions.models import Session
from kb_site.access import approved_account_required
from kb_site.accounts.models import User
from kb_site.accounts.requests import MemberRequest

from .drafts import keep_typed
from .permissions import place_of

View = Callable[..., HttpResponseBase]


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


def session_to_follow(view: View) -> View:
    """Give the view a session that this approved account may follow, and their place in it. Else there is no such
    page."""

    @keeping_typed
    @approved_account_required
    @wraps(view)
    def wrapped(request: MemberRequest, session_id: int, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sessions = Session.objects.select_related("group", "current_step", "current_item__bearer")
        session = sessions.filter(pk=session_id).first()
        place = place_of(session, request.user) if session else None
        if place is None:
            raise Http404
        return view(request, session, place, *args, **kwargs)

    return wrapped
