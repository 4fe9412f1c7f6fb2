"""Calendar files: one session, and the private address that a member's calendar reads."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest
from kb_site.addresses import absolute
from kb_site.http import SeeOther

from ..access import session_of_address
from ..calendars import calendar_file, feed_of, key_of
from ..models import CalendarKey, Session
from ..permissions import rights_on


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@require_safe
@never_cache
@session_of_address
def session_file(request: HttpRequest, session: Session) -> HttpResponseBase:
    """The file that adds a session to a calendar; how to join is in it for those who may know."""
    if session.starts_at is None:
        raise Http404
    rights = rights_on(session, request.user)
    content = calendar_file(session, user=request.user, with_access=rights.sees_access)
    return _calendar(content, session.slug)


@require_safe
@never_cache
def session_feed(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """A member's private feed: the secret address is enough, and what it shows is checked at each reading."""
    found = CalendarKey.objects.select_related("user").filter(key=key).first()
    if found is None or not found.user.is_approved:
        raise Http404
    response = _calendar(feed_of(found.user), "seances")
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def session_calendar(request: MemberRequest) -> HttpResponseBase:
    """One's private address, how to use it, and a button that draws another."""
    user: Any = request.user
    if request.method == "POST":
        key_of(user, renew=True)
        messages.success(request, _("L’adresse est changée : l’ancienne n’ouvre plus rien."))
        return SeeOther(reverse("session_calendar"))
    address = absolute(reverse("session_feed", args=[key_of(user).key]))
    context = {"address": address, "webcal": "webcal" + address.removeprefix("https").removeprefix("http")}
    return render(request, "sessions/session_calendar.html", context)
