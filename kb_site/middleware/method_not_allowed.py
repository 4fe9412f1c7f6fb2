"""The site reads and sends forms: any other method is refused at every address, before a view may take it for one of these.

Django's generic views treat PUT as a form, and DELETE as a confirmed deletion, which what guards forms would not see.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render

TAKEN = ("GET", "HEAD", "POST")
# What the scripts of Wagtail's own screens send besides.
DISMISS = "wagtailadmin_dismissibles"  # PATCH: a help text was read
# A browser asks, before a page of another site may show a token: kb_site/api/access.py answers.
READ_BY_OTHER_SITES = frozenset({"api_openapi", "api_page", "api_pages", "api_search"})
PREVIEWS = ("preview_on_add", "preview_on_edit")  # DELETE: a preview is forgotten


class MethodRefusedMiddleware:
    """Refuses the other methods, and writes 405.html in blank refusals; programs that want no page get none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content or not request.accepts("text/html"):
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Refuse the method instead of the view."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if request.method in methods_of(name) else HttpResponseNotAllowed(TAKEN)


def methods_of(name: str) -> tuple[str, ...]:
    """Return the methods that may reach the view of the address of this name."""
    if name == DISMISS:
        return (*TAKEN, "PATCH")
    if name in READ_BY_OTHER_SITES:
        return (*TAKEN, "OPTIONS")
    if name.startswith("wagtail") and name.endswith(PREVIEWS):
        return (*TAKEN, "DELETE")
    return TAKEN
