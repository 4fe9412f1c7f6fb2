"""Tells a device that a form it keeps was taken, so that it forgets its copy (drafts.js, site.js)."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "received"
SECONDS = 24 * 3600  # the page that follows may wait for the network to come back
MARK = re.compile(r"[0-9a-f]{32}")


class ReceivedMiddleware:
    """Gives back, in a cookie that the next page reads and deletes, the mark that the script put in the form.

    A form is taken when the answer leads to its result (303) with no error to say: a redirection to sign in, to a
    charter or to a refusal (302), a page with mistakes (4xx) and an accident (5xx) leave the words on the device.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == HTTPStatus.SEE_OTHER:
            mark = request.POST.get("kept", "")
            if MARK.fullmatch(mark) and not _says_an_error(request):
                response.set_cookie(
                    COOKIE, mark, max_age=SECONDS, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
                )
        return response


def _says_an_error(request: HttpRequest) -> bool:
    """Whether the next page will show an error; reading the messages does not use them up."""
    waiting = messages.get_messages(request)
    found = any(message.level >= messages.ERROR for message in waiting)
    waiting.used = False  # type: ignore[union-attr]
    return found
