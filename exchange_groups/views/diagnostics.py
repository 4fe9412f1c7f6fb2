"""The digital diagnostic of a group: a facilitator opens it, every member collects answers and reads the result."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kb_site.accounts.requests import MemberRequest
from kb_site.disclosure import FEWEST_ANSWERS
from kb_site.http import SeeOther, form_status
from practices.diagnostic.forms import CampaignForm
from practices.diagnostic.models import DiagnosticCampaign
from practices.diagnostic.services import open_campaign

from ..access import group_to_manage
from ..models import ExchangeGroup
from ..permissions import group_principal

LISTED = 10


@require_http_methods(["GET", "HEAD", "POST"])
@group_to_manage
def manage_diagnostic(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """The diagnostics of the group, and a form that opens one for its members."""
    principal = group_principal(group.pk, with_institutions=group.admits_institutions)
    known = [group_principal(group.pk), group_principal(group.pk, with_institutions=False)]
    form = CampaignForm(request.POST if request.method == "POST" else None, initial={"place": group.name[:40]})
    if request.method == "POST" and form.is_valid():
        campaign = open_campaign(opened_by=request.user, structure=None, principal=principal, **form.cleaned_data)
        return SeeOther(reverse("diagnostic_campaign", args=[campaign.pk]))
    context = {
        "group": group,
        "form": form,
        "fewest_answers": FEWEST_ANSWERS,
        "campaigns": DiagnosticCampaign.objects.visible_to(request.user).filter(principal__in=known)[:LISTED],
    }
    status = form_status(form)
    return render(request, "groups/manage/diagnostic.html", context, status=status)
