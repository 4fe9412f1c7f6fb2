"""The links that mails bring: what one sees when they have ended, and how they are withdrawn."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther

from ..access import session_to_run
from ..models import Session
from ..tokens import LinkBroken, LinkOver, read_link, withdraw_links

WITHDRAW = "retirer-les-liens"


def by_link(purpose: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Give the view whose link it is and for which session; its holder may withdraw it from the page itself."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            try:
                link = read_link(purpose, token)
            except LinkBroken:
                raise Http404 from None
            except LinkOver:
                return render(request, "sessions/link_over.html", status=HTTPStatus.GONE)
            if request.method == "POST" and WITHDRAW in request.POST:
                withdraw_links(session=link.session, user=link.user)
                return SeeOther(request.path)
            return view(request, link, **kwargs)

        return wrapped

    return decorate


@button_of("session_people", "session_id", "slug")
@session_to_run
def session_links_withdraw(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Let the links of everybody open nothing more: a mail was passed on to a list, perhaps."""
    withdraw_links(session=session, user=None)
    messages.success(
        request, _("Les liens envoyés jusqu’ici n’ouvrent plus rien. Les prochains mails en apporteront d’autres.")
    )
    return SeeOther(reverse("session_people", args=[session.pk, session.slug]))
