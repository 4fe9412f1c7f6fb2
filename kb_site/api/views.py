"""The read API: lists, pages, search. What it answers is described in openapi.py."""

import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.accounts.principals import principals_of
from kb_site.addresses import absolute
from kb_site.http import is_id
from practices.models import PracticeSectionPage
from search.queries import PAGE_SIZE, SearchQuery
from search.services import run_search

from .access import failed, read_api
from .openapi import description
from .reading import KINDS, in_full, in_short, readable

BY_DEFAULT, AT_MOST = 20, 50


class Unfit(Exception):
    """A parameter that cannot be read; the message says which, in French."""


def _json(data: Any) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _number(request: HttpRequest, name: str, default: int, most: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return default
    if not is_id(text) or not 1 <= int(text) <= most:
        raise Unfit(_("« %(name)s » est un nombre de 1 à %(most)s.") % {"name": name, "most": most})
    return int(text)


def _filtered(request: HttpRequest) -> Any:
    asked = request.GET
    kinds = asked.getlist("type") or list(KINDS)
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise Unfit(
            _("« type » vaut %(known)s, pas « %(text)s ».") % {"known": ", ".join(KINDS), "text": unknown[0][:40]}
        )
    pages = readable(request.user, kinds)
    if slug := asked.get("reseau", ""):
        section = PracticeSectionPage.objects.filter(slug=slug).first()
        pages = pages.filter(path__startswith=section.path) if section else pages.none()
    for theme in asked.getlist("theme"):
        held = Q(pk__in=[])
        for kind in kinds:
            held |= Q(pk__in=KINDS[kind].objects.filter(theme_items__tag__slug=theme).order_by().values("pk"))
        pages = pages.filter(held)
    if day := asked.get("modifie_depuis", ""):
        try:
            since = datetime.date.fromisoformat(day)
        except ValueError as error:
            raise Unfit(_("« modifie_depuis » est un jour : 2026-03-31.")) from error
        pages = pages.filter(last_published_at__date__gte=since)
    return pages


@read_api
def page_list(request: HttpRequest) -> HttpResponse:
    """The pages that the caller may read, a page of them at a time."""
    try:
        size = _number(request, "par", BY_DEFAULT, AT_MOST)
        number = _number(request, "page", 1, 10_000)
        pages = Paginator(_filtered(request), size)
    except Unfit as error:
        return failed(HTTPStatus.BAD_REQUEST, str(error))
    if number > pages.num_pages:
        return failed(HTTPStatus.NOT_FOUND, _("Il n’y a pas autant de pages."))
    shown = pages.page(number)
    found: Any = shown.object_list  # a query set of pages: the stubs know less of it
    results = [in_short(page) for page in found.specific()]
    return _json(
        {
            "count": pages.count,
            "next": _beside(request, number + 1) if shown.has_next() else None,
            "previous": _beside(request, number - 1) if shown.has_previous() else None,
            "results": [line | {"api_url": absolute(reverse("api_page", args=[line["id"]]))} for line in results],
        }
    )


def _beside(request: HttpRequest, number: int) -> str:
    asked = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
    return absolute(f"{request.path}?{urlencode([*asked, ('page', number)])}")


@read_api
def page_detail(request: HttpRequest, page_id: int) -> HttpResponse:
    """All that one page says; one that is closed to the caller is not there."""
    found = readable(request.user, KINDS).filter(pk=page_id).specific().first()
    return _json(in_full(found)) if found else failed(HTTPStatus.NOT_FOUND, _("Il n’y a pas de page ici."))


@read_api
def search_api(request: HttpRequest) -> HttpResponse:
    """What the site's own search finds for the caller, with the same words, filters and order."""
    query = SearchQuery.from_params(request.GET, principals=principals_of(request.user))
    found = run_search(query, user=request.user)
    results = [
        {
            "key": hit.entry.key,
            "type": hit.entry.kind,
            "title": hit.entry.title,
            "summary": hit.entry.summary,
            "url": absolute(hit.entry.url),
            "updated_at": hit.entry.updated_at.isoformat(),
        }
        for hit in found.hits
    ]
    last = query.page * PAGE_SIZE >= found.total
    return _json(
        {
            "count": found.total,
            "correction": found.correction,
            "next": None if last else _beside(request, query.page + 1),
            "previous": _beside(request, query.page - 1) if query.page > 1 else None,
            "results": results,
        }
    )


@read_api
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of all this, for programs."""
    return _json(description())
