"""Finds the page of an address in one or two queries, where Wagtail's walk down the tree takes two for each level."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Site
from wagtail.views import serve as wagtail_serve

from kb_site.home.models import HomePage, TextPage
from practices.lifecycle.views.archiving import ended_card, gone
from practices.models import DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage
from practices.models.visibility import VisiblePage

# First part of the address → the types of page that live there, the most numerous first.
TYPES: dict[str, tuple[type[VisiblePage], ...]] = {
    "": (HomePage,),
    "pratiques": (PracticePage,),
    "outils": (ToolPage,),
    "ressources": (DossierPage, ResourcePage),
    "orientations": (OrientationPage,),
}


def serve(request: HttpRequest, path: str = "") -> HttpResponseBase:
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
