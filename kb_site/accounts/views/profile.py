"""Sign-in, profile and the coordinators' list of accounts to approve."""

from functools import wraps
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import View, account_required, button_of, coordinator_required
from kb_site.http import form_status, is_id, too_many
from kb_site.limits.tries import may_try

from ..demo import DEMO_PASSWORD, demo_accounts
from ..forms.profile import DecisionForm, ProfileForm
from ..models import Structure, User, UserQuerySet
from ..retention_periods import DECIDED_WITHIN
from ..services.approval import AlreadyDecided, approve_account, declares_structure, may_decide, refuse_account

REQUESTS_SHOWN = 20
SIGN_IN_STEPS = (
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_signup",
    "account_email_verification_sent",
)


def keep_next(view: View) -> View:
    """Carry ?next= through every step of sign-in: allauth drops it when a code expires or a step is resumed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseRedirect) and response.url in map(reverse, SIGN_IN_STEPS):
            return redirect(passthrough_next_redirect_url(request, response.url, REDIRECT_FIELD_NAME))
        return response

    return wrapped


class SignInView(LoginView):
    """Password sign-in, in the demonstration only; elsewhere the code is e-mailed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        destination = get_next_redirect_url(request) or ""
        to_editing = request.user.is_authenticated and destination.startswith(reverse("wagtailadmin_home"))
        if to_editing and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied  # Wagtail sends here those whom it refuses; sending them back would never end
        if not settings.DEMO:
            return redirect("account_request_login_code")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_password": DEMO_PASSWORD, "demo_accounts": demo_accounts()}


def confirm_login_code(request: HttpRequest) -> HttpResponseBase:
    """Give the code received by mail. Tries are counted for the account too: a session that tries twice at once, or many
    sessions, count them all in one place."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if request.method == "POST" and stage and not may_try("sign_in_code", stage.state.get("email")):
        return too_many(request)
    response: HttpResponseBase = allauth_views.confirm_login_code(request)
    return response


def confirm_email(request: HttpRequest) -> HttpResponseBase:
    """Give the code that proves the address of a new account: tries are counted as those of a sign-in."""
    process = EmailVerificationProcess.resume(request)
    if request.method == "POST" and process and not may_try("sign_in_code", process.email):
        return too_many(request)
    response: HttpResponseBase = allauth_views.email_verification_sent(request)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show the account and its state; change one's name and job."""
    user = User.objects.select_related("structure").get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        form.save()
        messages.success(request, _("C’est enregistré."))
        return redirect("account_profile")
    coordinator = may_decide(user)
    context = {
        "account": user,
        "form": form,
        "decided_within": DECIDED_WITHIN.days,
        "next": get_next_redirect_url(request),
        "may_decide": coordinator,
        "may_moderate": coordinator or user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "account/profile.html", context, status=form_status(form))


@require_safe
@coordinator_required
def requests(request: HttpRequest) -> HttpResponse:
    """The accounts that wait, the oldest first, each with the structures of its département; ?compte= opens one of
    them with every structure."""
    waiting = _with_origin(User.objects.pending())
    chosen = request.GET.get("compte", "")
    if is_id(chosen):
        return _one_request(request, get_object_or_404(waiting, pk=chosen))
    people = list(waiting[: REQUESTS_SHOWN + 1])
    structures = list(Structure.objects.all())
    demands = []
    for person in people[:REQUESTS_SHOWN]:
        near = [structure for structure in structures if person.territory_declared in ("", structure.territory)]
        form = DecisionForm(account=person, structures=near, auto_id=f"compte-{person.pk}-%s")
        demands.append({"person": person, "form": form, "may_create": declares_structure(person)})
    return render(request, "account/requests.html", {"demands": demands, "more": len(people) > REQUESTS_SHOWN})


def _with_origin(people: UserQuerySet) -> UserQuerySet:
    """Return these people, each with whether their account was or is one of an institution (`was_partner`)."""
    return people.annotate(was_partner=Exists(User.objects.from_institutions().filter(pk=OuterRef("pk"))))


def _one_request(request: HttpRequest, person: User, form: DecisionForm | None = None) -> HttpResponse:
    form = form or DecisionForm(account=person)
    context = {"person": person, "form": form, "may_create": declares_structure(person)}
    return render(request, "account/request.html", context, status=form_status(form))


@button_of("account_requests")
@coordinator_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply a coordinator's decision on one account."""
    person = get_object_or_404(_with_origin(User.objects.all()), pk=pk)
    form = DecisionForm(request.POST, account=person)
    try:
        if not User.objects.pending().filter(pk=pk).exists():
            raise AlreadyDecided
        if not form.is_valid():
            return _one_request(request, person, form)
        _apply(form, person, request.user)
    except AlreadyDecided:
        messages.info(request, _("Ce compte n’attend plus de décision."))
    else:
        messages.success(request, _("C’est enregistré : un e-mail prévient %s.") % person)
    return redirect("account_requests")


def _apply(form: DecisionForm, person: User, coordinator: Any) -> None:
    decision = form.cleaned_data["decision"]
    if decision == DecisionForm.REFUSE:
        refuse_account(user=person, by=coordinator)
    else:
        approve_account(
            user=person,
            by=coordinator,
            structure=None if decision == DecisionForm.NETWORK else form.cleaned_data["structure"],
            create_structure=decision == DecisionForm.CREATE,
        )
