"""The people's questions, one a screen. Nothing is kept on the way: answers travel in the form until the last one."""

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, is_id, too_many
from kb_site.limits.tries import from_where, may_try

from .. import services
from ..access_codes import split
from ..models import DiagnosticCampaign, Mode
from ..questions import PEOPLE, UNKNOWN, Question
from .campaigns import campaign_or_404

TOKEN_LENGTH = 32


@dataclass(frozen=True)
class Asked:
    """Where someone stands: their token, what they answered so far, the question in front of them."""

    token: str
    answers: dict[str, int]
    step: int
    error: str = ""
    done: bool = False

    @property
    def question(self) -> Question:
        return PEOPLE[self.step]


def _read(request: HttpRequest, own: str = "") -> Asked:
    """Read the form as far as it goes; answers that are not possible are asked again. `own`: the code that is the token."""
    token = own or request.POST.get("token", "")[:TOKEN_LENGTH]
    if not token.isalnum():
        return Asked(uuid.uuid4().hex, {}, 0)
    answers: dict[str, int] = {}
    for question in PEOPLE:
        given = request.POST.get(question.code, "")
        if given.isascii() and given.isdecimal() and len(given) == 1 and int(given) in question.values:
            answers[str(question.code)] = int(given)
    step = request.POST.get("step", "")
    at = min(int(step), len(PEOPLE) - 1) if is_id(step) else 0
    if "back" in request.POST:
        return Asked(token, answers, max(0, at - 1))
    first_missing = next((place for place, question in enumerate(PEOPLE) if question.code not in answers), None)
    if first_missing is None:
        return Asked(token, answers, at, done=True)
    error = str(_("Touchez une réponse.")) if first_missing == at and "step" in request.POST else ""
    return Asked(token, answers, first_missing, error)


def _ask(
    request: HttpRequest, campaign: DiagnosticCampaign, mode: Mode, thanks: str, own: str = ""
) -> HttpResponseBase:
    asked = _read(request, own) if request.method == "POST" else Asked(own or uuid.uuid4().hex, {}, 0)
    if asked.done:
        try:
            services.record_answer(campaign=campaign, token=asked.token, values=asked.answers, mode=mode)
        except services.DiagnosticError as error:
            return _refused(request, error.message, HTTPStatus.GONE)
        return SeeOther(thanks)
    context: dict[str, Any] = {
        "campaign": campaign,
        "asked": asked,
        "question": asked.question,
        "number": asked.step + 1,
        "total": len(PEOPLE),
        "unknown": UNKNOWN,
        "carried": [(code, value) for code, value in asked.answers.items() if code != asked.question.code],
        "given": asked.answers.get(asked.question.code),
        "interview": mode == Mode.INTERVIEW,
        # The script asks every question by itself, without network; without it, each screen comes from here.
        "questions": PEOPLE if request.method != "POST" else (),
        "thanks": thanks,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.error else HTTPStatus.OK
    return render(request, "practices/diagnostic/ask.html", context, status=status)


@never_cache
@csrf_exempt  # no session, no cookie, nothing to forge: whoever holds the code may answer
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer with a code of one's own, without an account. A code that has served asks and thanks as any: see services."""
    if not may_try("diagnostic_answer" if request.method == "POST" else "diagnostic_code", from_where(request)):
        return too_many(request)
    access, own = split(code)
    try:
        campaign = services.campaign_of_code(access, own)
    except services.UnknownCode as error:
        if not may_try("diagnostic_own_code", access):
            return too_many(request)
        return _refused(request, error.message, HTTPStatus.NOT_FOUND)
    except services.CampaignClosed as error:
        return _refused(request, error.message, HTTPStatus.GONE)
    return _ask(request, campaign, Mode.SELF_SERVICE, reverse("diagnostic_thanks"), own)


def _refused(request: HttpRequest, words: Any, status: HTTPStatus) -> HttpResponse:
    return render(request, "practices/diagnostic/refused.html", {"refusal": words}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def interview(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The same questions, read by a member to one person after another."""
    campaign = campaign_or_404(request, pk)
    if not campaign.is_open and request.method != "POST":
        return _refused(request, services.CampaignClosed.message, HTTPStatus.GONE)
    return _ask(request, campaign, Mode.INTERVIEW, reverse("diagnostic_thanks", query={"entretien": campaign.pk}))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """After the last question; during interviews, the way to the next person."""
    asked = request.GET.get("entretien", "")
    campaign = int(asked) if is_id(asked) else None
    return render(request, "practices/diagnostic/thanks.html", {"campaign_id": campaign})
