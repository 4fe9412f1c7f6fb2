"""A page for whoever sends words and is not signed in any more: leading them straight to sign in would lose the words."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers

from kb_site.typed_words import typed_words


class SignedOutMiddleware:
    """Gives the words back with a link to sign in, whichever view asks for it. A button without words leads there at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "POST" or not _asks_to_sign_in(response) or request.user.is_authenticated:
            return response
        if request.session.modified:  # the view keeps the words itself, and shows them after the sign-in
            return response
        words = typed_words(request)
        if not words:
            return response
        context = {"typed": words, "sign_in": response["Location"]}
        page = render(request, "signed_out.html", context, status=HTTPStatus.FORBIDDEN)
        add_never_cache_headers(page)
        return page


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    """Whether this sends to sign in and to come back, as opposed to the steps of signing in themselves."""
    if not isinstance(response, HttpResponseRedirectBase):
        return False
    to = urlsplit(response.url)
    return to.path == resolve_url(settings.LOGIN_URL) and "next=" in to.query
