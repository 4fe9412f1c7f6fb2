"""A page fetched to be kept on the device is read by nobody yet: what is said once to the person waits for the next page."""

from collections.abc import Callable

from django.contrib.messages.storage.base import BaseStorage, Message
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kb_site.http import is_copy


class NoMessages(BaseStorage):
    """Holds no message of before, and lets go of those that are added: the copy is made again, and would repeat them."""

    def _get(self, *_args: object, **_kwargs: object) -> tuple[list[Message], bool]:
        return [], True

    def _store(
        self, messages: list[Message], response: HttpResponse, *_args: object, **_kwargs: object
    ) -> list[Message]:
        return []


class CopyMiddleware:
    """Hides the messages that wait from the copy, which would use them up. Stands inside the one that stores them.

    Only where a page is read: what a form says is said, whatever its headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_copy(request) or request.method == "POST":
            return self.get_response(request)
        waiting: BaseStorage = request._messages  # type: ignore[attr-defined]
        request._messages = NoMessages(request)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            request._messages = waiting  # type: ignore[attr-defined]
