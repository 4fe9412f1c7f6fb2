"""Who asks: the person who made the token, or anybody. A session says nothing here, so that any page may ask (CORS)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kb_site.http import KEPT_BY_ALL

from .models import ApiToken, digest_of

METHODS = "GET, HEAD, OPTIONS"
DAY = "86400"


class Refused(Exception):
    """The token opens nothing (any more)."""


def open_to_other_sites(response: Any) -> Any:
    """Let a page of any site read this answer; without cookies, so as anybody."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def reader_of(request: HttpRequest) -> Any:
    """Return whose rights this request has. Raises Refused."""
    told = request.headers.get("Authorization", "")
    if not told:
        return AnonymousUser()
    scheme, _space, text = told.partition(" ")
    found = ApiToken.objects.select_related("created_by").filter(digest=digest_of(text.strip())).first()
    if scheme.lower() != "bearer" or found is None or not (found.created_by.is_active and found.created_by.is_approved):
        raise Refused
    today = timezone.localdate()
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    return found.created_by


def failed(status: HTTPStatus, words: str) -> JsonResponse:
    return JsonResponse({"error": words}, status=status, json_dumps_params={"ensure_ascii": False})


def read_api(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of the API: reading only, for who the token says (`request.user`), open to the pages of other sites."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = open_to_other_sites(_answer(view, request, *args, **kwargs))
        patch_vary_headers(response, ["Authorization"])
        if "Authorization" in request.headers:
            response["Cache-Control"] = "private, no-store"
        elif response.status_code == HTTPStatus.OK:
            response["Cache-Control"] = KEPT_BY_ALL
        return response

    return answered


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        headers = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "Authorization"}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers | {"Access-Control-Max-Age": DAY})
    if request.method not in METHODS.split(", "):
        response = failed(HTTPStatus.METHOD_NOT_ALLOWED, _("Cette adresse se lit seulement."))
        response["Allow"] = METHODS
        return response
    try:
        request.user = reader_of(request)
    except Refused:
        response = failed(HTTPStatus.UNAUTHORIZED, _("Ce jeton n’ouvre rien : il est faux, ou il a été retiré."))
        response["WWW-Authenticate"] = "Bearer"
        return response
    return view(request, *args, **kwargs)
