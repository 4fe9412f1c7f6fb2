"""Editors ask experts for their opinion on a card, and read it, in the editing screens."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from kb_site.access import button_of
from kb_site.http import form_status

from ...models import PracticePage
from ..forms.experts import InvitationForm
from ..models.experts import ExpertInvitation
from ..services import experts


def _card_or_refuse(request: HttpRequest, card_id: int) -> PracticePage:
    card = get_object_or_404(PracticePage, pk=card_id)
    if not card.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return card


@require_http_methods(["GET", "HEAD", "POST"])
def card_experts(request: HttpRequest, card_id: int) -> HttpResponse:
    """The experts asked about a card, what they answered, and a form to ask one more."""
    card = _card_or_refuse(request, card_id)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        invitation = experts.invite_expert(card=card, by=request.user, **form.cleaned_data)
        messages.success(request, _("%s recevra un message avec son lien.") % invitation.name)
        return redirect("card_experts", card.pk)
    invitations = ExpertInvitation.objects.filter(card=card).select_related("invited_by").prefetch_related("notes")
    context = {
        "card": card,
        "form": form,
        "invitations": invitations,
        "header_title": _("Avis d’experts"),
        "page_title": _("Avis d’experts"),
        "header_icon": "user",
    }
    status = form_status(form)
    return render(request, "editorial/admin/experts.html", context, status=status)


@button_of("card_experts", "card_id")
def withdraw_expert(request: HttpRequest, card_id: int, invitation_id: int) -> HttpResponse:
    """Take an invitation back: its link says so."""
    card = _card_or_refuse(request, card_id)
    invitation = get_object_or_404(ExpertInvitation, pk=invitation_id, card=card)
    try:
        experts.withdraw_invitation(invitation=invitation, by=request.user)
    except experts.InvitationClosed:
        messages.warning(request, _("%s a déjà répondu.") % invitation.name)
    else:
        messages.success(request, _("L’invitation de %s est retirée.") % invitation.name)
    return redirect("card_experts", card.pk)
