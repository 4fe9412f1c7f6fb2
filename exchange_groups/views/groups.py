"""The list of groups, the page of a group, and how one enters and leaves it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.accounts.services.approval import may_decide
from kb_site.http import SeeOther, form_status

from ..access import group_for_talk, group_of_address, support_group_of_address
from ..choices import Access
from ..forms.groups import JoinForm, LeaveForm
from ..joining import way_in_of
from ..listings import listed_groups, topics_of
from ..models import CharterAcceptance, ExchangeGroup, GroupDecision, Invitation, Membership, SupportGroup
from ..permissions import groups_open_to, is_partner
from ..services import charters, invitations, memberships
from ..services.errors import EntryRefused, GroupError, InvitationForAnother, InvitationSpent


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups that this person may know of, theirs first, and the support groups that carry them."""
    context = {
        "groups": listed_groups(request.user),
        "support_groups": SupportGroup.objects.select_related("network"),
        "asks": request.user.is_authenticated and request.user.is_approved,
        "sees_all_figures": request.user.is_authenticated and may_decide(request.user),
    }
    return render(request, "groups/group_list.html", context)


@require_safe
@support_group_of_address
def support_group(request: HttpRequest, group: SupportGroup) -> HttpResponse:
    """A support group: its members, its exchange groups."""
    context = {
        "group": group,
        "structures": group.structures.all(),
        "institutions": [line for line in group.institutions.splitlines() if line.strip()],
        "groups": listed_groups(request.user).filter(support_group=group),
    }
    return render(request, "groups/support_group.html", context)


@require_safe
@group_of_address
def group_page(request: HttpRequest, group: ExchangeGroup) -> HttpResponse:
    """What a group is for, who leads it, how to enter; its topics, for those who may read them."""
    readable = group.may_be_read_by(request.user)
    facilitators = Membership.objects.facilitators().filter(group=group, user__is_active=True).select_related("user")
    counted = ExchangeGroup.objects.filter(pk=group.pk).annotate(
        people=Count("memberships", filter=Q(memberships__left_at=None, memberships__user__is_active=True)),
        decision_waits=Exists(GroupDecision.objects.waiting().filter(group=OuterRef("pk"))),
    )
    member_count, decision_waits = counted.values_list("people", "decision_waits").get()
    context = {
        "group": group,
        "facilitators": [membership.user.public_name for membership in facilitators],
        "leads": any(membership.user_id == request.user.pk for membership in facilitators),
        "member_count": member_count,
        "readable": readable,
        "may_write": group.may_be_written_by(request.user),
        "listing": topics_of(group, request.user, request.GET) if readable else None,
    } | way_in_of(group, request.user)
    if context["way_in"] in {"in", "charter"} or (request.user.is_authenticated and may_decide(request.user)):
        context |= {"sees_decisions": True, "decision_waits": decision_waits}
    return render(request, "groups/group_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
@group_of_address
def group_join(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Enter an open group, or ask to enter; the charter comes next."""
    way_in = way_in_of(group, request.user)["way_in"]
    form = JoinForm(request.POST if request.method == "POST" else None)
    if way_in not in {"open", "ask"}:
        return redirect(group)
    if request.method == "POST" and form.is_valid():
        try:
            if group.access == Access.OUVERT:
                memberships.join(group=group, user=request.user)
                messages.success(request, _("Bienvenue dans le groupe."))
                return SeeOther(_next_step(group, request.user))
            memberships.ask_to_join(group=group, user=request.user, message=form.cleaned_data["message"])
        except GroupError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Votre demande est envoyée : l’animation vous répondra par e-mail."))
        return SeeOther(group.get_absolute_url())
    context = {"group": group, "form": form}
    return render(request, "groups/group_join.html", context, status=form_status(form))


@button_of("group_page", "slug")
@approved_account_required
@group_of_address
def group_withdraw(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Give up a request that waits."""
    memberships.withdraw_request(group=group, user=request.user)
    messages.success(request, _("Votre demande est retirée."))
    return SeeOther(group.get_absolute_url())


def _next_step(group: ExchangeGroup, user: Any) -> str:
    """Where a new member goes: the charter to accept, or the group."""
    if group.pk in groups_open_to(user):
        return group.get_absolute_url()
    return reverse("group_charter", args=[group.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@group_of_address
def group_charter(request: HttpRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Read the charter in force; a member accepts it."""
    user: Any = request.user
    is_in = user.is_authenticated and user.is_approved
    is_in = is_in and Membership.objects.current().filter(group=group, user=user).exists()
    if request.method == "POST":
        if not is_in or group.charter is None:
            return redirect(group)
        try:
            charters.accept_charter(charter=group.charter, user=user)
        except GroupError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Merci. Vous pouvez lire le groupe et y écrire."))
        return SeeOther(group.get_absolute_url())
    acceptance = None
    if is_in and group.charter is not None:
        acceptance = CharterAcceptance.objects.filter(charter=group.charter, user=user).first()
    context = {
        "group": group,
        "charter": group.charter,
        "acceptance": acceptance,
        "may_accept": is_in and group.charter is not None and acceptance is None,
    }
    return render(request, "groups/group_charter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
@group_of_address
def group_leave(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Leave a group, and choose what becomes of one's words."""
    if not Membership.objects.current().filter(group=group, user=request.user).exists():
        return redirect("group_list")
    form = LeaveForm(request.POST if request.method == "POST" else None, initial={"words": LeaveForm.KEEP})
    if request.method == "POST" and form.is_valid():
        try:
            erase = form.cleaned_data["words"] == LeaveForm.ERASE
            memberships.leave(group=group, user=request.user, erase_words=erase)
        except GroupError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Vous avez quitté le groupe « %s ».") % group)
            return SeeOther(reverse("group_list"))
    return render(request, "groups/group_leave.html", {"group": group, "form": form}, status=form_status(form))


@require_safe
@group_for_talk
def group_members(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Who is in the group, for its members."""
    if group.pk not in groups_open_to(request.user):  # a public group is read by all, its members are not
        return redirect(group)
    people = Membership.objects.current().filter(group=group, user__is_active=True)
    people = people.select_related("user__structure").order_by("role", "user__first_name", "user__last_name")
    return render(request, "groups/group_members.html", {"group": group, "people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def group_invitation(request: MemberRequest, token: str) -> HttpResponseBase:
    """An invitation: read what the group is, then enter."""
    invitation = Invitation.from_token(token)
    if invitation is None:
        return _invitation_page(request, None, _("Cette invitation n’existe pas. Vérifiez le lien reçu."))
    group = invitation.group
    if Membership.objects.current().filter(group=group, user=request.user).exists():
        return redirect(group)
    refusal = _refusal(invitation, request.user)
    if refusal or request.method != "POST":
        return _invitation_page(request, None if refusal else invitation, refusal)
    try:
        invitations.accept_invitation(invitation=invitation, user=request.user)
    except GroupError as error:
        return _invitation_page(request, None, str(error.message))
    messages.success(request, _("Bienvenue dans le groupe."))
    return SeeOther(_next_step(group, request.user))


def _refusal(invitation: Invitation, user: Any) -> str:
    if not invitation.is_for(user):
        return str(InvitationForAnother.message)
    if not invitation.stands:
        return str(InvitationSpent.message)
    if not invitation.group.may_welcome(user):
        return _("Ce groupe n’admet pas d’institution.") if is_partner(user) else str(EntryRefused.message)
    return ""


def _invitation_page(request: HttpRequest, invitation: Invitation | None, refusal: str) -> HttpResponse:
    context = {"invitation": invitation, "group": invitation.group if invitation else None, "refusal": refusal}
    status = HTTPStatus.GONE if refusal else HTTPStatus.OK
    return render(request, "groups/group_invitation.html", context, status=status)
