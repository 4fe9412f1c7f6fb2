"""What readers say of a page, without account nor cookie; and what those who keep the page make of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from kb_site.access import approved_account_required, object_of_address
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, too_many
from kb_site.limits.tries import from_where, may_try

from ..models.visibility import VisiblePage
from . import services
from .forms import AnswerForm, OpinionForm
from .models import Kind, Opinion, State

HELPED = "aide"
ANSWERS, PER_PAGE = 3, 20


def _page(user: Any, page_id: int) -> VisiblePage | None:
    """Return the page of content of this id, if this person may read it."""
    page = Page.objects.live().filter(pk=page_id).specific().first()
    return page if isinstance(page, VisiblePage) and page.is_visible_to(user) else None


@never_cache
@csrf_exempt  # no session, no cookie, nothing to forge: anybody may say it, and nothing is kept of who does
@require_http_methods(["GET", "HEAD", "POST"])
@object_of_address(_page)
def opinion(request: HttpRequest, page: VisiblePage) -> HttpResponseBase:
    """« Votre avis » : it helped, there is an error, I did not find. One press, or one sentence."""
    asked = request.POST.get("avis", "") if request.method == "POST" else ""
    if request.method == "POST" and not may_try("reader_opinion", from_where(request)):
        return too_many(request)
    if asked == HELPED:
        services.count_help(page)
        return SeeOther(reverse("opinion_thanks", args=[page.pk]))
    forms = {kind: OpinionForm(request.POST if asked == kind else None, kind=kind) for kind in Kind}
    sent = next((form for form in forms.values() if form.is_bound), None)
    if sent is not None and sent.is_valid():
        services.give_opinion(page=page, kind=sent.kind, words=sent.cleaned_data["words"])
        return SeeOther(reverse("opinion_thanks", args=[page.pk]))
    context = {"page": page, "forms": list(forms.values()), "answers": services.answers_on(page, ANSWERS)}
    return render(request, "practices/opinions/give.html", context, status=form_status(sent))


@require_safe
@object_of_address(_page)
def opinion_thanks(request: HttpRequest, page: VisiblePage) -> HttpResponse:
    """What is said once it is given: the same to everybody."""
    return render(request, "practices/opinions/thanks.html", {"page": page})


@require_safe
@approved_account_required
def opinion_list(request: MemberRequest) -> HttpResponse:
    """What waits of the pages that one owns, backs up or publishes: the oldest first."""
    waiting = Opinion.objects.readable_by(request.user).filter(state=State.OPEN).select_related("page")
    shown = Paginator(waiting.order_by("created_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "practices/opinions/list.html", {"opinions": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def opinion_decide(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Resolve it, or answer with a public sentence."""
    readable = Opinion.objects.readable_by(request.user).select_related("page")
    given = get_object_or_404(readable, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": given.answer})
    if form.is_bound and form.is_valid():
        services.decide_opinion(opinion=given, answer=form.cleaned_data["answer"], by=request.user)
        return SeeOther(reverse("opinion_list"))
    context = {"opinion": given, "form": form, "heading": _("Traiter un avis")}
    return render(request, "practices/opinions/decide.html", context, status=form_status(form))
