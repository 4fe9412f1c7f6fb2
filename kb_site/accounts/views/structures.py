"""The referent's page of a structure, invitations, and the way back of a person without structure."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import account_required, button_of, referent_required
from kb_site.http import form_status

from ..forms.structures import DeclareStructureForm, InviteForm
from ..models import Invitation, User
from ..requests import MemberRequest
from ..services import structures
from ..services.approval import declare_structure
from ..tokens import read_invitation_token

INVITED_EMAIL = "invited_email"


def _staff_page(request: MemberRequest, form: InviteForm) -> HttpResponse:
    structure = structures.referent_structure(request.user)
    removable = set(structures.removable_by(request.user).values_list("pk", flat=True))
    context = {
        "structure": structure,
        "staff": [(person, person.pk in removable) for person in structure.staff.filter(is_active=True)],
        "invitations": structures.open_invitations(structure),
        "form": form,
    }
    status = form_status(form)
    return render(request, "account/structure/staff.html", context, status=status)


@require_safe
@referent_required
def staff(request: MemberRequest) -> HttpResponse:
    """The colleagues of the structure and the invitations that wait."""
    return _staff_page(request, InviteForm())


@button_of("structure_staff")
@referent_required
def invite(request: MemberRequest) -> HttpResponse:
    """Invite colleagues by mail."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            sent = structures.invite(by=request.user, emails=form.cleaned_data["emails"])
        except structures.TooManyInvitations:
            form.add_error("emails", _("Trop d’invitations attendent une réponse : 40 au plus."))
        else:
            words = _("%s invitation(s) envoyée(s).") % len(sent) if sent else _("Ces personnes sont déjà invitées.")
            messages.success(request, words)
            return redirect("structure_staff")
    return _staff_page(request, form)


@button_of("structure_staff")
@referent_required
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    structures.withdraw_invitation(by=request.user, pk=pk)
    messages.success(request, _("L’invitation est retirée."))
    return redirect("structure_staff")


@require_http_methods(["GET", "HEAD", "POST"])
@referent_required
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a colleague who left, after a confirmation."""
    person = get_object_or_404(structures.removable_by(request.user), pk=pk)
    if request.method == "POST":
        structures.remove_leaver(by=request.user, user=person)
        messages.success(request, _("%s n’est plus dans votre structure : un e-mail l’en prévient.") % person)
        return redirect("structure_staff")
    context = {
        "person": person,
        "structure": request.user.structure,
        "keeps_role": structures.has_role_of_network(person),
    }
    return render(request, "account/structure/remove.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an invitation: create an account, sign in, or join with the account one has."""
    number = read_invitation_token(token)
    row = Invitation.objects.select_related("structure", "invited_by").filter(pk=number).first() if number else None
    context: dict[str, Any] = {"invitation": row, "here": request.path}
    if row is None or not structures.open_invitations(row.structure).filter(pk=row.pk).exists():
        return render(request, "account/structure/invitation.html", {"closed": True}, status=HTTPStatus.NOT_FOUND)
    user = request.user
    if isinstance(user, User):
        context["same_address"] = user.email.lower() == row.email.lower()
        if request.method == "POST" and context["same_address"]:
            if structures.accept_invitation(user=user):
                messages.success(request, _("Bienvenue dans %s.") % row.structure)
            else:
                messages.info(request, _("La coordination doit valider votre compte."))
            return redirect("account_profile")
    elif request.method == "POST":
        request.session[INVITED_EMAIL] = row.email
        return redirect("account_signup")
    return render(request, "account/structure/invitation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def declare(request: MemberRequest) -> HttpResponse:
    """Say in which structure one works now; a coordinator decides."""
    user = get_object_or_404(User, pk=request.user.pk, status__in=[User.Status.DETACHED, User.Status.PENDING])
    form = DeclareStructureForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        declare_structure(user=user, **form.cleaned_data)
        messages.success(request, _("C’est noté : la coordination va valider votre compte."))
        return redirect(reverse("account_profile"))
    status = form_status(form)
    return render(request, "account/structure/declare.html", {"form": form}, status=status)
