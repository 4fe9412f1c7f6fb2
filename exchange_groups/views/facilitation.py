"""The facilitators' pages: members, requests, invitations, charter, state; and the coordination's figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import button_of, coordinator_required
from kb_site.accounts.requests import MemberRequest
from kb_site.addresses import absolute
from kb_site.http import SeeOther, form_status

from ..access import group_to_manage
from ..choices import MemberRole
from ..first_charter import first_charter
from ..forms.groups import CharterForm, InvitationForm, LinkForm, RemovalForm, RequestDecisionForm, StateForm
from ..models import ExchangeGroup, Invitation, JoinRequest, Membership, Topic, TopicReport
from ..services import charters, invitations, memberships, states
from ..services.errors import GroupError
from ..statistics import all_figures, charter_progress, figures_of, people_of

READ_AND_WRITE = ["GET", "HEAD", "POST"]


def _to(name: str, group: ExchangeGroup) -> SeeOther:
    return SeeOther(reverse(name, args=[group.slug]))


def _page(request: HttpRequest, template: str, group: ExchangeGroup, form: Any = None, **context: Any) -> HttpResponse:
    status = form_status(form)
    return render(request, f"groups/manage/{template}.html", context | {"group": group, "form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
@group_to_manage
def group_manage(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """What waits and how the group lives; pause, close or reopen it."""
    posted = request.POST if request.method == "POST" else None
    form = StateForm(posted, initial={"state": group.state, "reason": group.state_reason})
    if request.method == "POST" and form.is_valid():
        states.change_state(group=group, **form.cleaned_data)
        messages.success(request, _("C’est enregistré."))
        return _to("group_manage", group)
    # A charter to accept closes the talk to whoever leads, too: its titles as well.
    led = group.is_facilitated_by(request.user)
    topics = Topic.objects.visible_to(request.user).filter(group=group) if led else Topic.objects.none()
    return _page(
        request,
        "home",
        group,
        form,
        figures=figures_of(group),
        requests=JoinRequest.objects.filter(group=group, state=JoinRequest.State.PENDING).count(),
        reports=TopicReport.objects.filter(topic__group=group, topic__is_removed=False, outcome="").count(),
        unanswered=topics.unanswered()[:10],
        proposed=topics.proposed_for_session()[:10],
        charter_accepted=charter_progress(group) if group.charter_id else None,
    )


@require_safe
@group_to_manage
def manage_members(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Who is in, with their role and whether they accepted the charter."""
    return _page(request, "members", group, people=people_of(group))


def _member_or_404(group: ExchangeGroup, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.current().select_related("user", "group"), group=group, pk=pk)


@button_of("manage_members", "slug")
@group_to_manage
def manage_role(request: MemberRequest, group: ExchangeGroup, membership_id: int) -> HttpResponseBase:
    """Make a member a facilitator, or the reverse."""
    membership = _member_or_404(group, membership_id)
    role = MemberRole.FACILITATOR if membership.role == MemberRole.MEMBER else MemberRole.MEMBER
    try:
        memberships.change_role(membership=membership, role=role, by=request.user)
    except GroupError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("C’est enregistré."))
    if group.may_be_managed_by(request.user):
        return _to("manage_members", group)
    return SeeOther(group.get_absolute_url())


@require_http_methods(READ_AND_WRITE)
@group_to_manage
def manage_removal(request: MemberRequest, group: ExchangeGroup, membership_id: int) -> HttpResponseBase:
    """Remove a member, with a reason that the person reads."""
    membership = _member_or_404(group, membership_id)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            memberships.remove_member(membership=membership, reason=form.cleaned_data["reason"])
        except GroupError as error:
            form.add_error("reason", str(error.message))
        else:
            messages.success(request, _("%s n’est plus dans le groupe.") % membership.user.public_name)
            return _to("manage_members", group)
    return _page(request, "removal", group, form, membership=membership)


@require_safe
@group_to_manage
def manage_requests(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """The requests that wait, the oldest first."""
    return _requests_page(request, group)


def _requests_page(
    request: MemberRequest, group: ExchangeGroup, failed: tuple[int, RequestDecisionForm] | None = None
) -> HttpResponse:
    waiting = JoinRequest.objects.filter(group=group, state=JoinRequest.State.PENDING)
    cases = [
        (row, failed[1] if failed and failed[0] == row.pk else RequestDecisionForm(auto_id=f"demande-{row.pk}-%s"))
        for row in waiting.select_related("user__structure")
    ]
    decided = JoinRequest.objects.filter(group=group).exclude(state=JoinRequest.State.PENDING)
    recent = decided.select_related("user", "decided_by").order_by("-decided_at")[:10]
    return _page(request, "requests", group, failed[1] if failed else None, cases=cases, decided=recent)


@button_of("manage_requests", "slug")
@group_to_manage
def manage_request(request: MemberRequest, group: ExchangeGroup, request_id: int) -> HttpResponseBase:
    """Accept a request, or refuse it with a reason."""
    asked = get_object_or_404(JoinRequest.objects.select_related("user"), group=group, pk=request_id)
    form = RequestDecisionForm(request.POST, auto_id=f"demande-{asked.pk}-%s")
    if not form.is_valid():
        return _requests_page(request, group, (asked.pk, form))
    accept = form.cleaned_data["decision"] == RequestDecisionForm.ACCEPT
    try:
        memberships.decide_request(request=asked, by=request.user, accept=accept, reason=form.cleaned_data["reason"])
    except GroupError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("C’est enregistré : un e-mail prévient %s.") % asked.user.public_name)
    return _to("manage_requests", group)


@require_http_methods(READ_AND_WRITE)
@group_to_manage
def manage_invitations(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Invite by e-mail, make a link, see what stands."""
    by_link = "uses" in request.POST
    posted = request.POST if request.method == "POST" else None
    form = InvitationForm(None if by_link else posted)
    link_form = LinkForm(posted if by_link else None)
    if request.method == "POST" and by_link and link_form.is_valid():
        invitations.make_link(group=group, by=request.user, **link_form.cleaned_data)
        messages.success(request, _("Le lien est prêt : copiez-le ci-dessous."))
        return _to("manage_invitations", group)
    if request.method == "POST" and not by_link and form.is_valid():
        made = invitations.invite_by_mail(group=group, emails=form.cleaned_data["emails"], by=request.user)
        messages.success(request, _("%d invitation(s) envoyée(s).") % len(made))
        return _to("manage_invitations", group)
    standing = Invitation.objects.standing().filter(group=group).select_related("created_by")
    rows = [(row, absolute(reverse("group_invitation", args=[row.token]))) for row in standing]
    bound = link_form if by_link else form
    context = {"link_form": link_form, "mail_form": form, "rows": rows}
    return _page(request, "invitations", group, bound, **context)


@button_of("manage_invitations", "slug")
@group_to_manage
def manage_revocation(request: MemberRequest, group: ExchangeGroup, invitation_id: Any) -> HttpResponseBase:
    """Withdraw an invitation."""
    invitations.revoke_invitation(invitation=get_object_or_404(Invitation, group=group, pk=invitation_id))
    messages.success(request, _("L’invitation est retirée : elle n’ouvre plus rien."))
    return _to("manage_invitations", group)


@require_http_methods(READ_AND_WRITE)
@group_to_manage
def manage_charter(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Write a new version of the charter; see the former ones."""
    posted = request.POST if request.method == "POST" else None
    now = group.charter
    initial = {"text": now.text, "lets_copies_leave": now.lets_copies_leave} if now else {"text": first_charter()}
    form = CharterForm(posted, initial=initial)
    if request.method == "POST" and form.is_valid():
        charters.publish_charter(group=group, by=request.user, **form.cleaned_data)
        messages.success(request, _("La charte est en vigueur : chaque membre l’acceptera à sa prochaine visite."))
        return _to("manage_charter", group)
    versions = charters.versions_of(group)
    return _page(request, "charter", group, form, versions=versions, progress=charter_progress(group))


@require_safe
@coordinator_required
def group_figures(request: MemberRequest) -> HttpResponseBase:
    """The activity of every group, in figures only, for the coordination."""
    rows = all_figures(ExchangeGroup.objects.select_related("network"))
    unled = ExchangeGroup.objects.unled().order_by("name")
    return render(request, "groups/group_figures.html", {"rows": rows, "unled": unled})
