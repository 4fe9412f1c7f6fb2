"""Our cards and our search in the pages of other sites: a frame without script, and its address told to oEmbed."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from kb_site.addresses import absolute
from kb_site.http import SECONDS_KEPT_BY_ALL, is_id
from kb_site.identity.face import face

from .access import open_to_other_sites
from .reading import KINDS, in_short, readable

WIDTH, HEIGHT, NARROWEST = 480, 220, 240


def framed(view: Any) -> Any:
    """Let any site show this page in a frame: it holds no form that changes anything, and nothing about who looks."""
    kept = cache_control(public=True, max_age=SECONDS_KEPT_BY_ALL)
    return require_safe(kept(xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))))


def _shown_to_all(page_id: int) -> Any:
    page = readable(AnonymousUser(), KINDS).filter(pk=page_id).specific().first()
    if page is None:
        raise Http404
    return page


@framed
def embedded_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """A card, a tool or a resource in a few lines, with the link to it: what any visitor may read."""
    return render(request, "api/embedded_page.html", {"told": in_short(_shown_to_all(page_id))})


@framed
def embedded_search(request: HttpRequest) -> HttpResponse:
    """A field of search, which opens the results on this site."""
    return render(request, "api/embedded_search.html", {"results": absolute(reverse("search"))})


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What to put in place of an address of ours (oembed.com, 2.3), in JSON."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=HTTPStatus.NOT_IMPLEMENTED)
    page = _page_at(request.GET.get("url", ""))
    width, height = _within(request, "maxwidth", WIDTH), _within(request, "maxheight", HEIGHT)
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" style="border:0"></iframe>',
        absolute(reverse("embedded_page", args=[page.pk])), width, height, page.title,
    )  # fmt: skip
    told = {
        "version": "1.0", "type": "rich", "title": page.title, "provider_name": face().name, "provider_url": settings.SITE_URL,
        "html": frame, "width": width, "height": height, "cache_age": SECONDS_KEPT_BY_ALL,
    }  # fmt: skip
    return open_to_other_sites(JsonResponse(told, json_dumps_params={"ensure_ascii": False}))  # type: ignore[no-any-return]


def _page_at(address: str) -> Any:
    """Return the page of an address of this site that any visitor may read. Raises Http404."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Http404 from error
    if parts.netloc != urlsplit(settings.SITE_URL).netloc or "\x00" in parts.path:
        raise Http404(_("Cette adresse n’est pas de ce site."))
    # Pages stand under the home page, whose own name starts their path in the tree.
    pages = readable(AnonymousUser(), KINDS).filter(url_path__endswith=f"/{parts.path.strip('/')}/").specific()
    path = f"/{parts.path.strip('/')}/"
    page = next((page for page in pages if absolute(page.get_url_parts()[2]) == absolute(path)), None)
    if page is None:
        raise Http404
    return page


def _within(request: HttpRequest, name: str, wanted: int) -> int:
    text = request.GET.get(name, "")
    return max(NARROWEST, min(wanted, int(text))) if is_id(text) else wanted
