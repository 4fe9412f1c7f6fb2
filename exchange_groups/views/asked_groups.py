"""Groups that members ask for: the form, what waits for the coordination, its decision."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, coordinator_required
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status

from ..first_charter import first_charter
from ..forms.asked_groups import AskForm, CreateForm, RefuseForm
from ..models import AskedGroup
from ..services import asked_groups as services
from ..services.errors import GroupError


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def group_ask(request: MemberRequest) -> HttpResponseBase:
    """Ask for a group; what one asked for before is below, with its answer."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("name", "summary", "purpose", "confidentiality")}
        try:
            services.ask_for_group(by=request.user, **fields)
        except GroupError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Merci. La coordination vous répond par e-mail ; vous animerez ce groupe."))
            return SeeOther(request.path)
    own = AskedGroup.objects.filter(asked_by=request.user).select_related("group").order_by("-asked_at")
    return render(request, "groups/group_ask.html", {"form": form, "own": own}, status=form_status(form))


@require_safe
@coordinator_required
def asked_groups(request: MemberRequest) -> HttpResponseBase:
    """The groups asked for: those that wait first."""
    rows = AskedGroup.objects.select_related("asked_by", "group")
    context = {
        "waiting": rows.filter(decided_at=None),
        "decided": rows.exclude(decided_at=None).order_by("-decided_at")[:20],
    }
    return render(request, "groups/asked_groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@coordinator_required
def asked_group(request: MemberRequest, asked_id: int) -> HttpResponseBase:
    """Create the group, or say why not: one screen."""
    asked = get_object_or_404(AskedGroup.objects.select_related("asked_by", "group"), pk=asked_id)
    verdict = request.POST.get("verdict", "") if request.method == "POST" else ""
    if request.method == "POST" and verdict not in ("creer", "refuser"):
        raise Http404
    form = CreateForm(
        request.POST if verdict == "creer" else None,
        asked=asked,
        initial={"charter": first_charter()},
        prefix="groupe",
    )
    refusal = RefuseForm(request.POST if verdict == "refuser" else None)
    try:
        if verdict == "creer" and form.is_valid():
            group = services.create_group(asked=asked, by=request.user, **form.cleaned_data)
            told = _("Le groupe est créé, en préparation. %s l’anime et reçoit un e-mail.")
            messages.success(request, told % asked.asked_by.public_name)
            return SeeOther(group.get_absolute_url())
        if verdict == "refuser" and refusal.is_valid():
            services.refuse_group(asked=asked, by=request.user, reason=refusal.cleaned_data["reason"])
            messages.success(request, _("La réponse part par e-mail."))
            return SeeOther(reverse("asked_groups"))
    except GroupError as error:
        if form.is_bound:
            form.add_error(None, str(error.message))
        else:
            messages.error(request, str(error.message))
    except ValidationError as error:
        form.add_error(None, error.messages)
    context = {"asked": asked, "form": form, "refusal": refusal}
    status = form_status(form if form.is_bound else refusal)
    return render(request, "groups/asked_group.html", context, status=status)
