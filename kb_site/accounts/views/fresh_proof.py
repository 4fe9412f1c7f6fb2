"""« Est-ce bien vous ? »: the page that asks for a code, or for a passkey, before what opens or takes away."""

from typing import Any

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kb_site.access import account_required
from kb_site.http import form_status, too_many
from kb_site.limits.tries import may_try

from ..forms.passkeys import PasskeyProofForm
from ..forms.sign_in import FreshCodeForm
from ..fresh_proof import FreshCode, keys_of
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def prove(request: MemberRequest) -> HttpResponseBase:
    """Take a key of the account, or send a code to its address and take it back; then do what waited.

    `next` is carried by the address: the path of what waits (see allauth's resume_request).
    """
    process, form, key = FreshCode.current(request), FreshCodeForm(None), None
    if request.method == "POST" and "credential" in request.POST:
        if not may_try("sign_in_code", request.user.email):
            return too_many(request)
        key = PasskeyProofForm(request.POST, user=request.user)
        if key.is_valid():
            flows.reauthenticate(request, key.cleaned_data["credential"])
            return _go_on(request)
    elif request.method == "POST" and ("send" in request.POST or process is None):
        if not ratelimit.consume(request, action="request_login_code", key=request.user.email.lower()):
            return too_many(request)
        process = FreshCode.start(request, request.user.email)
    elif request.method == "POST" and process is not None:
        if not may_try("sign_in_code", request.user.email):
            return too_many(request)
        form = FreshCodeForm(request.POST, code=process.code)
        if form.is_valid():
            process.finish()
            return _go_on(request)
        if not process.record_invalid_attempt():
            process = None
            messages.error(request, _("Trois essais : ce code ne vaut plus rien. Demandez-en un autre."))
            form = FreshCodeForm(None)
    context: dict[str, Any] = {"form": form, "key": key, "sent": process is not None, "email": request.user.email}
    # What the browser asks the key to sign: drawn anew for each page, good once.
    context["js_data"] = {"request_options": auth.begin_authentication(request.user)} if keys_of(request.user) else None
    return render(request, "account/reauthenticate.html", context, status=form_status(key or form))


def _go_on(request: MemberRequest) -> HttpResponseBase:
    return resume_request(request) or redirect("account_profile")
