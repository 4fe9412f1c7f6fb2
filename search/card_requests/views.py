"""Members ask for a card that is missing, and join what others asked."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, too_many
from kb_site.limits.tries import may_try

from ..entries import visible_keys
from ..queries import MAX_QUERY_LENGTH
from .forms import CardRequestForm
from .models import CardRequest, Support
from .services import CardRequestError, request_card, support_request

SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def card_request_add(request: MemberRequest) -> HttpResponse:
    """Ask for a card; ?q= fills the form with the words of a search that found nothing."""
    words = request.GET.get("q", "").replace("\x00", " ")[: min(MAX_QUERY_LENGTH, 150)]
    form = CardRequestForm(request.POST if request.method == "POST" else None, initial={"need": words})
    if form.is_valid():
        if not may_try("card_request", request.user.pk):
            return too_many(request)
        try:
            _asked, new = request_card(
                user=request.user, need=form.cleaned_data["need"], details=form.cleaned_data["details"]
            )
        except CardRequestError as error:
            form.add_error("need", error.message)
        else:
            said = _("Votre demande est chez les éditeurs. Un e-mail vous dira leur réponse.")
            joined = _(
                "Quelqu’un avait déjà demandé cette fiche : votre voix s’ajoute. Un e-mail vous dira la réponse."
            )
            messages.success(request, said if new else joined)
            return SeeOther(reverse("card_request_list"))
    status = form_status(form)
    return render(request, "search/card_request_form.html", {"form": form}, status=status)


@require_safe
@approved_account_required
def card_request_list(request: MemberRequest) -> HttpResponse:
    """What members asked: the open requests first, those that most people miss above, then the latest answers."""
    mine = Support.objects.filter(request=OuterRef("pk"), user=request.user)
    asked = CardRequest.objects.annotate(voices=Count("supports"), mine=Exists(mine)).select_related("answer_page")
    waiting = asked.filter(state=CardRequest.State.OPEN).order_by("-voices", "-asked_at")[:SHOWN]
    decided = list(asked.exclude(state=CardRequest.State.OPEN).order_by("-decided_at")[:SHOWN])
    readable = visible_keys([asked.answer_key for asked in decided], request.user)
    context = {"waiting": waiting, "decided": decided, "readable": readable}
    return render(request, "search/card_request_list.html", context)


@button_of("card_request_list")
@approved_account_required
def card_request_support(request: MemberRequest, pk: int) -> HttpResponse:
    """« Moi aussi »."""
    try:
        support_request(request=get_object_or_404(CardRequest, pk=pk), user=request.user)
    except CardRequestError as error:
        messages.info(request, error.message)
    else:
        messages.success(request, _("C’est noté : un e-mail vous dira la réponse."))
    return SeeOther(reverse("card_request_list"))
