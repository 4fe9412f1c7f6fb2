"""A page fetched to be kept on the device is read by nobody yet: what is said once to the person waits for the next page."""

from collections.abc import Callable

from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kb_site.http import is_copy


class CopyMiddleware:
    """Hides the messages that wait from the copy, which would use them up. Stands inside the one that stores them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_copy(request):
            return self.get_response(request)
        waiting: BaseStorage = request._messages  # type: ignore[attr-defined]
        request._messages = []  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            request._messages = waiting  # type: ignore[attr-defined]
