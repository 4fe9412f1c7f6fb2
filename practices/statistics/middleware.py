"""Sees every answer, cached ones included, and counts the readings of pages."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .page_views import count_view


class CountViewsMiddleware:
    """Stands as far out as possible, so that a page answered from a cache is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        count_view(request, response)
        return response
