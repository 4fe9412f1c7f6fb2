"""Who comes in: the minutes of an address, for those who read them, or for those who write them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest

from .models import Minutes

View = Callable[..., HttpResponseBase]


def _minutes_of(session_id: int) -> Minutes | None:
    found = Minutes.objects.select_related("session__group__network", "session__group__charter", "session__tool")
    return found.select_related("session__facilitator", "session__secretary").filter(session=session_id).first()


def minutes_of_address(view: View) -> View:
    """Give the view minutes that this approved account reads whole. To anyone else there is no such page."""

    @approved_account_required
    @wraps(view)
    def wrapped(request: MemberRequest, session_id: int, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        minutes = _minutes_of(session_id)
        if minutes is None or not minutes.is_visible_to(request.user):
            raise Http404
        return view(request, minutes, *args, **kwargs)

    return wrapped


def minutes_to_write(view: View) -> View:
    """Give the view minutes that this person writes up: who runs the session."""

    @approved_account_required
    @wraps(view)
    def wrapped(request: MemberRequest, session_id: int, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        minutes = _minutes_of(session_id)
        if minutes is None or not minutes.session.may_be_run_by(request.user):
            raise Http404
        return view(request, minutes, *args, **kwargs)

    return wrapped


def minutes_to_publish(view: View) -> View:
    """Give the view minutes that this person validates and publishes: who facilitates."""

    @minutes_to_write
    @wraps(view)
    def wrapped(request: MemberRequest, minutes: Minutes, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not minutes.may_be_validated_by(request.user):
            raise Http404
        return view(request, minutes, *args, **kwargs)

    return wrapped
