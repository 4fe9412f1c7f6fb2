"""Experiences of a card: read them, tell one (signed in, or by the link of a mail), withdraw one."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, unknown_to
from kb_site.accounts.choices import SiaeType
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status

from ..models import PracticePage
from . import services
from .forms import ExperienceForm
from .models import Experience
from .summary import summary_of
from .tokens import LinkBroken, LinkExpired, read_token

PER_PAGE = 10


@require_safe
def experience_list(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The experiences of a card that this reader may read, most recent first; ?siae= keeps one type of structure."""
    card = PracticePage.objects.visible_to(request.user).filter(pk=page_id).first()
    if card is None:
        return unknown_to(request)
    told = Experience.objects.of_card(card, request.user).prefetch_related("missing_conditions")
    types = sorted(set(told.order_by().values_list("siae_type", flat=True)) - {""})
    chosen = request.GET.get("siae", "")
    if chosen in SiaeType.values:
        told = told.filter(siae_type=chosen)
    page = Paginator(told, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "card": card,
        "summary": summary_of(card, request.user),
        "told": page,
        "types": [(code, SiaeType(code).label, code == chosen) for code in types],
        "chosen": chosen if chosen in SiaeType.values else "",
    }
    return render(request, "practices/experiences/list.html", context)


def _form_page(request: HttpRequest, form: ExperienceForm, card: PracticePage, **more: Any) -> HttpResponse:
    status = form_status(form)
    return render(request, "practices/experiences/tell.html", {"form": form, "card": card} | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def experience_tell(request: MemberRequest, page_id: int) -> HttpResponseBase:
    """« J’ai essayé »."""
    card = get_object_or_404(PracticePage.objects.visible_to(request.user), pk=page_id)
    form = ExperienceForm(request.POST if request.method == "POST" else None, card=card, author=request.user)
    if form.is_bound and form.is_valid():
        try:
            services.tell_experience(card=card, author=request.user, **form.told())
        except services.SubmissionKeyUsed as error:
            form.renew_key(error.message)
        else:
            messages.success(request, _("Merci ! Votre retour aide les collègues à choisir."))
            return SeeOther(reverse("experience_list", args=[card.pk]))
    return _form_page(request, form, card)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def experience_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The same form from a mail, without signing in: the link names the person and the card, and opens nothing else."""
    try:
        invitation = read_token(token)
    except LinkExpired as error:
        return redirect("experience_tell", error.card_id)
    except LinkBroken:
        return render(request, "practices/experiences/broken_link.html", status=HTTPStatus.NOT_FOUND)
    posted = request.POST if request.method == "POST" else None
    form = ExperienceForm(posted, card=invitation.card, author=invitation.user)
    if form.is_bound and form.is_valid():
        told = form.told() | {"submission_key": invitation.submission_key}
        services.tell_experience(card=invitation.card, author=invitation.user, **told)
        return SeeOther(reverse("experience_thanks"))
    return _form_page(request, form, invitation.card, by_link=True, first_name=invitation.user.first_name)


@require_safe
def experience_thanks(request: HttpRequest) -> HttpResponse:
    """Where the link of a mail leads afterwards: nothing here tells who answered."""
    return render(request, "practices/experiences/thanks.html")


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def experience_withdraw(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Take one's own experience back, or remove one from a card that one publishes."""
    experience = get_object_or_404(Experience.objects.visible_to(request.user).select_related("practice"), pk=pk)
    if not experience.may_be_removed_by(request.user):
        raise Http404
    if request.method == "POST":
        services.withdraw_experience(experience=experience)
        messages.success(request, _("Ce retour est retiré."))
        return SeeOther(reverse("experience_list", args=[experience.practice_id]))
    return render(request, "practices/experiences/withdraw.html", {"experience": experience})
