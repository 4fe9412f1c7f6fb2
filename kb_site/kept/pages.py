"""Public pages kept whole for visitors, and forgotten as soon as something that they show is written.

Only what everyone gets alike is kept: no cookie in the request, none in the answer, no parameter in the address.
"""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .things import kept

KEPT = re.compile(r"^/(?:(?:pratiques|outils|ressources|orientations)/[\w/-]*)?$")


class KeptPagesMiddleware:
    """Answers visitors from the pages kept; stands outside whatever makes or compresses an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_alike_for_all(request):
            return self.get_response(request)
        made: list[HttpResponseBase] = []

        def make() -> tuple[bytes, dict[str, str]] | None:
            made.append(response := self.get_response(request))
            if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse) or response.cookies:
                return None
            return response.content, dict(response.items())

        page = kept(self._key(request), make, worth=lambda page: page is not None, where="pages")
        if page is None or made:
            return made[0]
        content, headers = page
        return HttpResponse(content, headers=headers)

    @staticmethod
    def _is_alike_for_all(request: HttpRequest) -> bool:
        asked = request.META
        return request.method == "GET" and not (
            asked.get("HTTP_COOKIE") or asked.get("QUERY_STRING") or not KEPT.match(request.path_info)
        )

    @staticmethod
    def _key(request: HttpRequest) -> str:
        compressed = "gzip" in request.headers.get("Accept-Encoding", "")
        return f"page:{request.scheme}:{request.META.get('HTTP_HOST', '')}:{request.path_info}:{compressed:d}"
