"""« Toujours vrai » in one click: from the mail, without signing in, or from the page."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther

from ...models import OrientationPage, PracticePage, ToolPage
from .. import tokens
from ..services import verification

TEMPLATE = "lifecycle/still_true.html"
METHODS = ["GET", "HEAD", "POST"]


def _refusal(request: HttpRequest, words: str, status: HTTPStatus) -> HttpResponse:
    return render(request, TEMPLATE, {"refusal": words}, status=status)


@require_http_methods(METHODS)
@never_cache
def still_true(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link of a reminder: a page to confirm, a button; nothing changes before the button is pressed."""
    try:
        link = tokens.read_link(token)
        if request.method == "POST":
            verification.confirm_by_link(link=link)
            return SeeOther(request.path)
        page, person = verification.page_of_link(link)
    except tokens.LinkInvalid:
        raise Http404 from None
    except tokens.LinkExpired:
        words = _("Ce lien date de plus de deux mois. Connectez-vous, puis ouvrez la fiche : le bouton y est aussi.")
        return _refusal(request, words, HTTPStatus.GONE)
    except verification.AlreadyConfirmed:
        done = get_object_or_404(Page.objects.live(), pk=link.page_id).specific
        return render(request, TEMPLATE, {"page": done, "done": True})
    except verification.UpkeepError:
        words = _("Cette fiche n’est plus en ligne, ou ne vous est plus confiée. Il n’y a rien à faire.")
        return _refusal(request, words, HTTPStatus.GONE)
    return render(request, TEMPLATE, {"page": page, "person": person})


@require_http_methods(METHODS)
@approved_account_required
def page_still_true(request: MemberRequest, page_id: int) -> HttpResponseBase:
    """The same for those who are signed in: the owners of a page, and those who publish it."""
    page = get_object_or_404(Page.objects.live(), pk=page_id).specific
    if not isinstance(page, PracticePage | ToolPage | OrientationPage) or not page.is_visible_to(request.user):
        raise Http404
    if not verification.may_confirm(page, request.user):
        words = _("Seules les personnes responsables de cette fiche et les éditeurs de son réseau la confirment.")
        return _refusal(request, words, HTTPStatus.FORBIDDEN)
    if request.method == "POST":
        verification.confirm_still_true(page=page, by=request.user)
        return SeeOther(f"{request.path}?fait")
    done = "fait" in request.GET and not page.is_stale
    return render(request, TEMPLATE, {"page": page, "person": request.user, "done": done})
