"""« Est-ce bien vous ? »: the page that asks for a code again before what opens or takes away."""

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core import ratelimit
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kb_site.access import account_required
from kb_site.http import form_status, too_many
from kb_site.limits.tries import may_try

from ..forms.sign_in import FreshCodeForm
from ..fresh_proof import CodeProcess
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def prove(request: MemberRequest) -> HttpResponseBase:
    """Send a code to the account's address, take it back, then do what waited.

    `next` is carried by the address: the path of what waits (see allauth's resume_request).
    """
    process = CodeProcess.current(request)
    form = FreshCodeForm(None)
    if request.method == "POST" and ("send" in request.POST or process is None):
        if not ratelimit.consume(request, action="request_login_code", key=request.user.email.lower()):
            return too_many(request)
        process = CodeProcess.start(request)
    elif request.method == "POST" and process is not None:
        if not may_try("sign_in_code", request.user.email):
            return too_many(request)
        form = FreshCodeForm(request.POST, code=process.code)
        if form.is_valid():
            process.finish()
            return resume_request(request) or redirect("account_profile")
        if not process.record_invalid_attempt():
            process = None
            messages.error(request, _("Trois essais : ce code ne vaut plus rien. Demandez-en un autre."))
            form = FreshCodeForm(None)
    context = {"form": form, "sent": process is not None, "email": request.user.email}
    return render(request, "account/reauthenticate.html", context, status=form_status(form))
