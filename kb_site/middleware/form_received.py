"""Tells a device that a form it keeps was taken, so that it forgets its copy (drafts.js, site.js); and takes once what a
device sends again because it got no answer (outbox.js, in_place.js)."""

import datetime
import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from kb_site.http import SeeOther
from kb_site.pocket.models import TakenForm

COOKIE = "received"
SECONDS = 24 * 3600  # the page that follows may wait for the network to come back
MARK = re.compile(r"[0-9a-f]{32}")
SENT_LATER = "X-Outbox"
LONGEST = datetime.timedelta(minutes=10)  # no answer takes longer: what was begun before that was cut


class ReceivedMiddleware:
    """Gives back, in a cookie that the next page reads and deletes, the mark that the script put in the form.

    A form is taken when the answer leads to its result (303) with no error to say: a redirection to sign in, to a
    charter or to a refusal (302), a page with mistakes (4xx) and an accident (5xx) leave the words on the device.

    What was sent later gets an answer without a page: 204 taken, now or before; 401 sign in first; 409 refused; what is
    said to the person waits for the next page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        mark = request.POST.get("kept", "") if request.method == "POST" else ""
        if not MARK.fullmatch(mark):
            return self.get_response(request)
        later = SENT_LATER in request.headers
        form, is_new = TakenForm.objects.get_or_create(mark=mark)
        was_cut = not form.taken_at and form.begun_at < timezone.now() - LONGEST
        if later and not is_new and not was_cut:
            # Begun and not ended: the first sending may still fail.
            return HttpResponse(
                status=HTTPStatus.NO_CONTENT if form.taken_at else HTTPStatus.SERVICE_UNAVAILABLE,
            )
        if form.taken_at:  # its answer was lost (in_place.js): the page that it came from shows what was done
            return _marked(SeeOther(_page_of(request)), mark)
        response = self.get_response(request)
        taken = _is_taken(request, response)
        if taken:
            TakenForm.objects.filter(mark=mark).update(taken_at=timezone.now())
        elif is_new or was_cut:
            TakenForm.objects.filter(mark=mark).delete()
        if later:
            return _without_a_page(response, taken=taken)
        if taken and response.status_code == HTTPStatus.SEE_OTHER:
            return _marked(response, mark)
        return response


def _marked(response: HttpResponseBase, mark: str) -> HttpResponseBase:
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(COOKIE, mark, max_age=SECONDS, samesite="Lax", secure=secure)
    return response


def _page_of(request: HttpRequest) -> str:
    """The page of this site that a form was sent from; the home page when the browser does not say."""
    page = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return page if own else "/"


def _is_taken(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer leads to the result: a 303, or a redirection with a word of success, and no error to say.

    Reading the messages does not use them up.
    """
    if not isinstance(response, HttpResponseRedirectBase):
        return False
    waiting = messages.get_messages(request)
    levels = {message.level for message in waiting}
    waiting.used = False  # type: ignore[union-attr]
    if any(level >= messages.ERROR for level in levels):
        return False
    return response.status_code == HTTPStatus.SEE_OTHER or messages.SUCCESS in levels


def _without_a_page(response: HttpResponseBase, *, taken: bool) -> HttpResponseBase:
    if taken:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
        return HttpResponse(status=HTTPStatus.CONFLICT)  # a page that asks for one more step
    if not isinstance(response, HttpResponseRedirectBase):
        return response
    to_sign_in = response.url.startswith(resolve_url(settings.LOGIN_URL))
    return HttpResponse(status=HTTPStatus.UNAUTHORIZED if to_sign_in else HTTPStatus.CONFLICT)
