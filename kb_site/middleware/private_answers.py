"""What is not for all is kept by no cache, neither of the browser, which others may use, nor of what stands between.

But a public page shown to a member, which its view says (kb_site/http.py, KEPT_BY_READER).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kb_site.http import KEPT_BY_READER
from kb_site.secret_addresses import is_secret

KEPT_BY_NOBODY = "private, no-store"
SAME_FOR_ALL = {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.NOT_MODIFIED}


class PrivateAnswersMiddleware:
    """Says so of every answer, except what a visitor reads without cookie nor secret, what its view calls public, and
    the public pages that a member's browser may keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        said = response.get("Cache-Control", "")
        told = "public" in said or "no-store" in said or (said == KEPT_BY_READER and not response.cookies)
        if not told and not is_for_all(request, response):
            response["Cache-Control"] = KEPT_BY_NOBODY
        return response


def is_for_all(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether any visitor would get this answer: nothing in it depends on who asks."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
    reads = request.method in {"GET", "HEAD"} and response.status_code in SAME_FOR_ALL
    return reads and not known and not is_secret(request)
