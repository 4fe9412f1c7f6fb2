"""The decisions of a group: what waits, what was decided, when and by whom; propose, answer, take back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.accounts.services.approval import may_decide
from kb_site.http import SeeOther, form_status

from ..access import group_for_decisions
from ..choices import DecisionState
from ..forms.decisions import ConfidentialityForm, NamingForm, OfferForm
from ..models import ExchangeGroup, GroupDecision
from ..services import decisions
from ..services.errors import GroupError

PER_PAGE = 20
PEOPLE = ("person", "proposed_by", "decided_by")


def _to(group: ExchangeGroup) -> SeeOther:
    return SeeOther(reverse("group_decisions", args=[group.slug]))


def _may_offer(group: ExchangeGroup, user: Any) -> bool:
    """Whether this member may offer to lead a group that nobody leads."""
    return not group.is_led and decisions.members_of(group).filter(pk=user.pk).exists()


@require_safe
@group_for_decisions
def group_decisions(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """What waits for an answer, and the journal of what was decided."""
    yes = Count("answers", filter=Q(answers__agrees=True))
    waiting = GroupDecision.objects.waiting().filter(group=group).select_related(*PEOPLE).annotate(yes=yes)
    cases = []
    for decision in waiting:
        decision.group = group
        asked = set(decisions.asked_by(decision).values_list("pk", flat=True))
        is_asked = request.user.pk in asked
        own = decision.answers.filter(user=request.user).first()
        cases.append(
            {
                "decision": decision,
                "asked": len(asked),
                "led": decision.is_naming and group.is_led,
                "is_asked": is_asked,
                "answered": own is not None,
                "is_mine": decision.proposed_by_id == request.user.pk,
                "reason": decision.reason if is_asked or decision.tells_reason_to(request.user) else "",
            }
        )
    journal = GroupDecision.objects.journal().filter(group=group).select_related(*PEOPLE)
    page = Paginator(journal, PER_PAGE).get_page(request.GET.get("page"))
    for taken in page:
        taken.group = group
        if not taken.tells_reason_to(request.user):
            taken.reason = ""
    context = {
        "group": group,
        "cases": cases,
        "page": page,
        "may_propose": decisions.may_propose(group, request.user),
        "may_offer": _may_offer(group, request.user),
        "may_name": may_decide(request.user),
    }
    return render(request, "groups/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@group_for_decisions
def group_confidentiality(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Tighten the group, or ask its members whether it may open."""
    if not decisions.may_propose(group, request.user):
        raise Http404
    initial = {"confidentiality": group.confidentiality, "admits_institutions": group.admits_institutions}
    form = ConfidentialityForm(request.POST if request.method == "POST" else None, group=group, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            decision = decisions.change_confidentiality(group=group, by=request.user, **form.cleaned_data)
        except GroupError as error:
            form.add_error(None, str(error.message))
        else:
            if decision.state == DecisionState.WAITING:
                messages.success(request, _("Chaque membre reçoit un e-mail pour répondre. Rien ne change d’ici là."))
            else:
                messages.success(request, _("C’est fait."))
            return _to(group)
    context = {"group": group, "form": form, "days": decisions.OPENING.days}
    return render(request, "groups/decisions_confidentiality.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@group_for_decisions
def group_naming(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Propose somebody to lead the group: the coordination anybody, a member themselves where nobody leads."""
    names = may_decide(request.user)
    if not names and not _may_offer(group, request.user):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = NamingForm(posted) if names else OfferForm(posted)
    if request.method == "POST" and form.is_valid():
        person = form.person if isinstance(form, NamingForm) else request.user
        reason = form.cleaned_data["reason"]
        try:
            decision = decisions.propose_facilitator(group=group, person=person, by=request.user, reason=reason)
        except GroupError as error:
            form.add_error(None, str(error.message))
        else:
            if decision.state == DecisionState.WAITING:
                messages.success(request, _("C’est proposé : les personnes à qui l’accord est demandé sont prévenues."))
            else:
                messages.success(request, _("C’est fait : %s anime le groupe.") % person.public_name)
            return _to(group)
    context = {"group": group, "form": form, "led": group.is_led, "days": decisions.NOTICE.days}
    return render(request, "groups/decisions_naming.html", context, status=form_status(form))


@button_of("group_decisions", "slug")
@group_for_decisions
def decision_answer(request: MemberRequest, group: ExchangeGroup, decision_id: int) -> HttpResponseBase:
    """Agree, or refuse."""
    decision = get_object_or_404(GroupDecision, group=group, pk=decision_id)
    said = request.POST.get("reponse")
    if said not in {"oui", "non"}:
        raise Http404
    try:
        decisions.answer(decision=decision, user=request.user, agrees=said == "oui")
    except GroupError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Votre réponse est enregistrée."))
    return _to(group)


@button_of("group_decisions", "slug")
@group_for_decisions
def decision_withdraw(request: MemberRequest, group: ExchangeGroup, decision_id: int) -> HttpResponseBase:
    """Take back what one has proposed."""
    decision = get_object_or_404(GroupDecision, group=group, pk=decision_id)
    try:
        decisions.withdraw(decision=decision, by=request.user)
    except GroupError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Votre proposition est retirée."))
    return _to(group)
