"""Sign-in, profile and the coordinators' list of accounts to approve."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from . import groups
from .demo import DEMO_PASSWORD
from .forms import DecisionForm, ProfileForm
from .models import Structure, User
from .services import approve_account, refuse_account


class SignInView(LoginView):
    """Password sign-in, in the demonstration only; elsewhere the code is e-mailed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(reverse("account_request_login_code") + (f"?{query}" if query else ""))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        emails = User.objects.filter(email__endswith="@example.org").order_by("pk").values_list("email", flat=True)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_password": DEMO_PASSWORD, "demo_accounts": emails}


def may_decide(user: User) -> bool:
    """Whether this person approves accounts."""
    return user.is_superuser or (user.is_approved and user.groups.filter(name=groups.COORDINATION).exists())


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("C’est enregistré."))
        return redirect("account_profile")
    coordinator = may_decide(user)
    context = {"form": form, "may_decide": coordinator, "may_moderate": coordinator or user.has_perm("wagtailadmin.access_admin")}
    return render(request, "account/profile.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    if not may_decide(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    context = {"people": User.objects.pending(), "structures": Structure.objects.all()}
    return render(request, "account/requests.html", context)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    coordinator: User = request.user  # type: ignore[assignment]
    if not may_decide(coordinator):
        raise PermissionDenied
    person = get_object_or_404(User.objects.pending(), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez « Valider » ou « Refuser »."))
    elif form.cleaned_data["decision"] == User.Status.APPROVED:
        approve_account(user=person, by=coordinator, structure=form.cleaned_data["structure"])
        messages.success(request, _("Compte validé : la personne est prévenue."))
    else:
        refuse_account(user=person, by=coordinator)
        messages.success(request, _("Compte refusé : la personne est prévenue."))
    return redirect("account_requests")
