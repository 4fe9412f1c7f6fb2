"""Finds the page of an address: made once for all who share its rights, else in one or two queries, where Wagtail's walk
down the tree takes two for each level."""

from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Site
from wagtail.views import serve as wagtail_serve

from kb_site.accounts.common_reader import common_reader
from kb_site.home.models import HomePage, TextPage
from kb_site.http import is_copy
from kb_site.kept.frames import framed
from practices.comments.threads import PAGE_PARAMETER
from practices.lifecycle.views.archiving import ended_card, gone
from practices.models import DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage
from practices.models.visibility import VisiblePage, restrictions

# First part of the address → the types of page that live there, the most numerous first.
TYPES: dict[str, tuple[type[VisiblePage], ...]] = {
    "": (HomePage,),
    "pratiques": (PracticePage,),
    "outils": (ToolPage,),
    "ressources": (DossierPage, ResourcePage),
    "orientations": (OrientationPage,),
}


def serve(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Serve the page at this path, as it is kept for those who share its rights; anew where the address asks for more."""
    if request.method not in {"GET", "HEAD"} or is_copy(request) or request.GET.keys() - {PAGE_PARAMETER}:
        return _serve(request, path)
    rights, reader = common_reader(request.user, restrictions())
    asked = f"{rights}:{path}?{request.GET.get(PAGE_PARAMETER, '')}"
    return framed(request, asked, partial(_serve, path=path), reader)


def _serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the page at this path, whose own serve() holds its rights; the rest is left to Wagtail's routing."""
    root_paths = Site.get_site_root_paths()
    if root_paths:
        parts = path.strip("/")
        address = f"{root_paths[0].root_path}{parts}/" if parts else root_paths[0].root_path
        for model in TYPES.get(parts.partition("/")[0], (TextPage,)):
            page = model.objects.live().for_serving().filter(url_path=address).first()
            if page is not None:
                return page.serve(request)
        if parts.startswith("pratiques/") and (card := ended_card(address)):
            return gone(request, card)
    response: HttpResponseBase = wagtail_serve(request, path)
    return response
