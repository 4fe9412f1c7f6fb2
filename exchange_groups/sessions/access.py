"""Who comes in: the session of an address, for those who may know of it, read its talk, or run it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest

from .models import Session

View = Callable[..., HttpResponseBase]


def _with_what_pages_show() -> Any:
    return Session.objects.select_related("group__network", "group__charter", "facilitator", "secretary", "tool")


def session_of_address(view: View) -> View:
    """Give the view the session of the address, to those who may know of it; a visitor may sign in and come back."""

    @wraps(view)
    def wrapped(request: HttpRequest, session_id: int, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = _with_what_pages_show().visible_to(request.user).filter(pk=session_id).first()
        if session is not None:
            return view(request, session, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    return wrapped


def session_for_talk(view: View) -> View:
    """Give the view a session whose talk this approved account shares. To anyone else it has no such page."""

    @approved_account_required
    @wraps(view)
    def wrapped(request: MemberRequest, session_id: int, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = _with_what_pages_show().readable_by(request.user).filter(pk=session_id).first()
        if session is None:
            raise Http404
        return view(request, session, *args, **kwargs)

    return wrapped


def session_to_run(view: View) -> View:
    """Give the view a session that this person runs. To anyone else it has no such page."""

    @approved_account_required
    @wraps(view)
    def wrapped(request: MemberRequest, session_id: int, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = _with_what_pages_show().run_by(request.user).filter(pk=session_id).first()
        if session is None:
            raise Http404
        return view(request, session, *args, **kwargs)

    return wrapped
