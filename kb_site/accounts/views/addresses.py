"""The address of an account: its owner's page, and the administrators' request for somebody else's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kb_site.access import account_required, button_of
from kb_site.http import form_status, too_many
from kb_site.limits.tries import may_try

from ..codes import CodeProcess
from ..forms.addresses import AddressForm
from ..forms.sign_in import FreshCodeForm
from ..models import AddressChange, User
from ..requests import MemberRequest
from ..retention_periods import ADDRESS_NOTICE
from ..services.addresses import AddressTaken, ask_address_change, change_own_address, is_taken, keep_address


class AddressCode(CodeProcess):
    """A code sent to the address wanted: the second side of the proof."""

    kept_in = "new_address"
    mail = "account/email/new_address_code"

    def send(self) -> None:
        """An address that has an account already is told so, and gets no code: the page says the same in both cases."""
        if is_taken(self.email, by_other_than=self.request.user):  # type: ignore[arg-type]
            adapter = get_adapter(self.request)
            self.state["code"] = adapter.generate_login_code()
            adapter.send_mail("account/email/account_already_exists", self.email, {"request": self.request})
        else:
            super().send()

    def done(self) -> None:
        """Change the address. Raises AddressTaken."""
        change_own_address(request=self.request, user=self.request.user, email=self.email)  # type: ignore[arg-type]


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def own(request: MemberRequest) -> HttpResponseBase:
    """Change the address of one's account. Sending asks for a fresh proof (fresh_proof.py): the first side of it."""
    process = AddressCode.current(request)
    form: Any = AddressForm(None, account=request.user)
    code = FreshCodeForm(None)
    if request.method == "POST" and "code" in request.POST and process is not None:
        if not may_try("sign_in_code", request.user.email):
            return too_many(request)
        code = FreshCodeForm(request.POST, code=process.code)
        if code.is_valid():
            return _change(request, process)
        if not process.record_invalid_attempt():
            process, code = None, FreshCodeForm(None)
            messages.error(request, _("Trois essais : ce code ne vaut plus rien. Demandez-en un autre."))
    elif request.method == "POST" and "another" in request.POST and process is not None:
        process.abort()
        process = None
    elif request.method == "POST":
        form = AddressForm(request.POST, account=request.user)
        if form.is_valid():
            email = form.cleaned_data["email"]
            if not ratelimit.consume(request, action="request_login_code", key=request.user.email.lower()):
                return too_many(request)
            process = AddressCode.start(request, email)
    context = {
        "form": form,
        "code": code,
        "process": process,
        "asked": AddressChange.objects.filter(user=request.user).first(),
    }
    status = form_status(code if process is not None else form)
    return render(request, "account/address.html", context, status=status)


def _change(request: MemberRequest, process: AddressCode) -> HttpResponse:
    try:
        process.finish()
    except AddressTaken:
        messages.error(request, _("Cette adresse a déjà un compte."))
        return redirect("account_email")
    messages.success(request, _("C’est fait : vos codes iront à %s.") % process.email)
    return redirect("account_profile")


@button_of("account_email")
@account_required
def keep(request: MemberRequest) -> HttpResponse:
    """Keep one's address, against what an administrator asked for."""
    if keep_address(user=request.user):
        messages.success(request, _("Votre adresse ne change pas."))
    return redirect("account_email")


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def other(request: MemberRequest, pk: int) -> HttpResponse:
    """An administrator asks for another address for somebody who cannot receive mails at theirs any more."""
    if not (request.user.is_superuser and request.user.is_approved):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk, erased_on=None)
    form = AddressForm(request.POST if request.method == "POST" else None, account=person)
    if form.is_valid():
        try:
            ask_address_change(user=person, email=form.cleaned_data["email"], by=request.user)
        except AddressTaken:
            form.add_error("email", _("Cette adresse a déjà un compte."))
        else:
            messages.success(request, _("C’est noté : la personne en est prévenue à son adresse actuelle."))
            return redirect("account_detail", pk)
    asked = AddressChange.objects.filter(user=person).first()
    context = {"person": person, "form": form, "asked": asked, "days": ADDRESS_NOTICE.days}
    return render(request, "account/coordination/address.html", context, status=form_status(form))
