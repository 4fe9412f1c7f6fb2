"""The calendar of sessions, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ..access import session_of_address
from ..listings import calendar_of
from ..models import Session
from ..page_context import page_context


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """The calendar: sessions that this person may know of, to come or past, under the filters of the address."""
    return render(request, "sessions/session_list.html", {"calendar": calendar_of(request.user, request.GET)})


@require_safe
@session_of_address
def session_page(request: HttpRequest, session: Session) -> HttpResponseBase:
    """What a session is for, when, where and how to join; its agenda, for those who share the group's talk."""
    if request.path != session.get_absolute_url():
        return redirect(session)
    return render(request, "sessions/session_page.html", page_context(session, request.user))
