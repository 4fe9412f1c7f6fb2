"""Where a page went whose address changed, for those who may read it there."""

from urllib.parse import urlparse

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from kb_site.access import refused_to

from ..models.visibility import VisiblePage


class FormerAddressMiddleware(RedirectMiddleware):
    """Wagtail's own, but for pages that the reader may not read: their new address, made of their title, is not told.

    A visitor is asked to sign in, where that may open the page; of a page that is not online nothing is said (404).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer: HttpResponseBase = super().process_response(request, response)
        if answer is response:
            return response
        page = _page_of(request)
        if page is None or page.is_visible_to(request.user):
            return answer
        return refused_to(request) if page.live else response


def _page_of(request: HttpRequest) -> VisiblePage | None:
    """Return the page where the redirection of this address leads, found as Wagtail finds it."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    found = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
    page = found.redirect_page.specific if found is not None and found.redirect_page_id else None
    return page if isinstance(page, VisiblePage) else None
