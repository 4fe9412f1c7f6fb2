"""A page read again that has not changed is not sent again: 304, some hundreds of bytes (docs/decisions/0029).

Two places in the way of an answer: the validator is made before it is compressed, whose bytes vary; what the browser holds
is compared at the outside, so that pages kept for visitors are answered so too.
"""

import re
from collections.abc import Callable
from hashlib import blake2s
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from kb_site.http import KEPT_BY_READER
from kb_site.secret_addresses import is_secret

# Differs in every answer and means the same: Django masks the token of forms anew each time.
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
READ = {"GET", "HEAD"}


class UnchangedMiddleware:
    """Answers 304 to whoever holds the page as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in READ or response.status_code != HTTPStatus.OK or "ETag" not in response:
            return response
        # A file that is streamed has its headers alone to answer with: the stubs know of whole answers only.
        return get_conditional_response(request, etag=response["ETag"], response=response) or response  # type: ignore[arg-type]


class ValidatorMiddleware:
    """Gives a page its validator, where its reader may keep it: what it says, and to whom."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and self._may_be_kept(request, response):
            response["ETag"] = self._validator(request, response.content)
        return response

    @staticmethod
    def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
        if request.method not in READ or response.status_code != HTTPStatus.OK or "ETag" in response:
            return False
        if "text/html" not in response["Content-Type"] or response.cookies or is_secret(request):
            return False
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
        said = response.get("Cache-Control", "")
        return said == KEPT_BY_READER if is_known else "no-store" not in said

    @staticmethod
    def _validator(request: HttpRequest, content: bytes) -> str:
        """A form kept by the browser holds a token of its time: another session, or another secret, makes another page."""
        digest = blake2s(TOKEN.sub(rb"\1", content), digest_size=12)
        for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            digest.update(b"\0" + request.COOKIES.get(name, "").encode())
        return f'W/"{digest.hexdigest()}"'
