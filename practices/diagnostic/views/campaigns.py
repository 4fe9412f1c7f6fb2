"""For members: open a diagnostic, collect, count, close."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, button_of, preparing_account_required
from kb_site.accounts.models import User
from kb_site.accounts.requests import MemberRequest
from kb_site.disclosure import FEWEST_PEOPLE
from kb_site.http import SeeOther, form_status
from kb_site.limits.tries import from_where, may_try

from ...models import Condition, PracticePage
from .. import services
from ..access_codes import spelled, split
from ..forms import CampaignForm, CodesForm, SheetsForm, TeamForm
from ..models import DiagnosticCampaign, Mode, PreparedCampaign, Target
from ..questions import PEOPLE, WrongAnswers, from_digits
from ..rules import rule_in_words

LISTED = 20
ROWS = 20


def campaign_or_404(request: MemberRequest, pk: int) -> DiagnosticCampaign:
    """Return a diagnostic that this member may run; 404 otherwise, whether it exists or not."""
    campaigns = DiagnosticCampaign.objects.visible_to(request.user).select_related("structure")
    return get_object_or_404(campaigns, pk=pk)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Type a code to answer; for members, the diagnostics of their structure."""
    typed, status, error = request.GET.get("code", ""), HTTPStatus.OK, ""
    if typed:
        access, own = split(typed)
        if not may_try("diagnostic_code", from_where(request)):
            error, status = _("Trop d’essais. Attendez dix minutes."), HTTPStatus.TOO_MANY_REQUESTS
        else:
            try:
                services.campaign_of_code(access, own)
            except services.DiagnosticError as refused:
                guessed = isinstance(refused, services.UnknownCode) and not may_try("diagnostic_own_code", access)
                error, status = str(refused.message), HTTPStatus.UNPROCESSABLE_ENTITY
                if guessed:
                    error, status = _("Trop d’essais. Attendez dix minutes."), HTTPStatus.TOO_MANY_REQUESTS
            else:
                return redirect("diagnostic_answer", access + own)  # type: ignore[return-value]
    user = request.user
    member = isinstance(user, User) and user.is_approved
    campaigns = list(DiagnosticCampaign.objects.visible_to(user).select_related("structure")[:LISTED])
    waits = isinstance(user, User) and user.may_prepare and not member
    context = {
        "typed": typed[:20],
        "error": error,
        "member": member,
        "campaigns": campaigns,
        "waits": waits,
        "may_open": not user.is_authenticated or member or waits,
        "prepared": PreparedCampaign.objects.filter(author=user.pk).first() if waits else None,
    }
    return render(request, "practices/diagnostic/home.html", context, status=status)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """How a verdict is reached: each condition with its rule in words. Open to all: it tells nothing of anyone."""
    conditions = [(condition, rule_in_words(condition)) for condition in Condition.objects.all()]
    return render(request, "practices/diagnostic/rules.html", {"conditions": conditions, "fewest": FEWEST_PEOPLE})


@require_safe
def lift(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition: how to check it, how to lift it, who may help, which cards ask for it."""
    condition = get_object_or_404(Condition, slug=slug)
    cards = PracticePage.objects.visible_to(request.user).filter(condition_links__condition=condition).distinct()
    context = {"condition": condition, "words": rule_in_words(condition), "cards": cards.order_by("title")[:LISTED]}
    return render(request, "practices/diagnostic/lift.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@preparing_account_required
def campaign_open(request: MemberRequest) -> HttpResponseBase:
    """Open a diagnostic for one's structure; while one's account waits, prepare the one that its approval opens."""
    user, waits = request.user, not request.user.is_approved
    prepared = PreparedCampaign.objects.filter(author=user).first()
    initial = {"place": prepared.place, "self_service": prepared.self_service} if prepared else None
    form = CampaignForm(request.POST if request.method == "POST" else None, initial=initial)
    if waits and form.is_bound and form.is_valid():
        services.prepare_campaign(author=user, **form.cleaned_data)
        messages.success(request, _("C’est prêt : ce diagnostic s’ouvrira dès que votre compte sera validé."))
        return SeeOther(reverse("diagnostic_home"))
    if user.structure and form.is_bound and form.is_valid():
        campaign = services.open_campaign(opened_by=user, structure=user.structure, **form.cleaned_data)
        return SeeOther(reverse("diagnostic_campaign", args=[campaign.pk]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "structure": user.structure, "waits": waits}
    return render(request, "practices/diagnostic/open.html", context, status=status)


@require_safe
@approved_account_required
def campaign(request: MemberRequest, pk: int) -> HttpResponseBase:
    """One diagnostic: how many answered, how to collect more, what to do next."""
    found = campaign_or_404(request, pk)
    released = found.releases.last()
    context = {
        "campaign": found,
        "collected": services.collected(found),
        "released": released,
        "has_team": found.answers.filter(target=Target.TEAM).exists(),
        "sheets_form": SheetsForm(),
        "codes_form": CodesForm(),
    }
    return render(request, "practices/diagnostic/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def team(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The team's eight questions."""
    found = campaign_or_404(request, pk)
    stored = found.answers.filter(target=Target.TEAM).values_list("values", flat=True).first()
    form = TeamForm(request.POST if request.method == "POST" else None, initial=stored)
    if form.is_bound and form.is_valid():
        try:
            services.record_team(campaign=found, values=form.cleaned_data)
        except services.CampaignClosed as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("La fiche de l’équipe est enregistrée."))
        return SeeOther(reverse("diagnostic_campaign", args=[pk]))
    status = form_status(form)
    return render(request, "practices/diagnostic/team.html", {"form": form, "campaign": found}, status=status)


@require_safe
@approved_account_required
def paper(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The sheets to print, one A4 page a person, each with its token."""
    found = campaign_or_404(request, pk)
    form = SheetsForm(request.GET or {"feuilles": 15})
    if not form.is_valid():
        context: dict[str, Any] = {"campaign": found, "form": form}
        return render(request, "practices/diagnostic/paper.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    tokens = services.print_sheets(campaign=found, number=form.cleaned_data["feuilles"])
    context = {"campaign": found, "form": form, "tokens": tokens, "questions": PEOPLE}
    return render(request, "practices/diagnostic/paper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def codes(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Make codes, each for one answer: to print and cut, to send by SMS, or to read to the person in front of one.

    They are shown in the answer to the form and nowhere else: no list says whose code served.
    """
    found = campaign_or_404(request, pk)
    if not found.self_service:
        raise Http404
    form = CodesForm(request.POST if request.method == "POST" else None)
    made: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            made = services.issue_codes(campaign=found, number=form.cleaned_data["codes"])
        except services.DiagnosticError as error:
            form.add_error("codes", str(error.message))
    slips = [(found.access_code + own, f"{spelled(found.access_code)} {spelled(own)}") for own in made]
    context = {"campaign": found, "form": form, "slips": slips}
    return render(request, "practices/diagnostic/codes.html", context, status=form_status(form))


def _lines(request: MemberRequest, found: DiagnosticCampaign) -> list[dict[str, str]]:
    typed = dict(zip(request.POST.getlist("feuille"), request.POST.getlist("ligne"), strict=False))
    waiting = services.sheets_to_enter(found)
    shown = [*typed, *(token for token in waiting if token not in typed)][:ROWS] if typed else waiting[:ROWS]
    return [{"token": token, "typed": typed.get(token, "")[:40], "error": ""} for token in shown]


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def paper_entry(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Enter a pile of sheets: one line a sheet, one digit a question."""
    found = campaign_or_404(request, pk)
    lines = _lines(request, found)
    status = HTTPStatus.OK
    if request.method == "POST":
        entered = _enter(found, lines)
        lines = [line for line in lines if line["error"]]
        if entered:
            words = ngettext("%d feuille est enregistrée.", "%d feuilles sont enregistrées.", entered) % entered
            messages.success(request, words)
        if not lines:
            return SeeOther(reverse("diagnostic_paper_entry", args=[pk]))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "campaign": found,
        "lines": lines,
        "questions": PEOPLE,
        "digits": len(PEOPLE),
        "collected": services.collected(found),
        "left": len(services.sheets_to_enter(found)),
    }
    return render(request, "practices/diagnostic/paper_entry.html", context, status=status)


def _enter(found: DiagnosticCampaign, lines: list[dict[str, str]]) -> int:
    """Store the lines that are right; write in the others what is wrong. Return how many are stored."""
    printed = set(services.print_sheets(campaign=found, number=found.sheets)) if found.sheets else set()
    entered = 0
    for line in lines:
        if not line["typed"].strip():
            continue
        if line["token"] not in printed:
            line["error"] = _("Cette feuille n’a pas été imprimée pour ce diagnostic.")
            continue
        try:
            values = from_digits(line["typed"])
            _answer, new = services.record_answer(campaign=found, token=line["token"], values=values, mode=Mode.PAPER)
            entered += new
        except WrongAnswers:
            line["error"] = _wrong(line["typed"])
        except services.DiagnosticError as error:
            line["error"] = str(error.message)
    return entered


def _wrong(typed: str) -> str:
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdecimal()):
        return _("Des chiffres seulement, de 0 à 9.")
    if len(digits) != len(PEOPLE):
        return _("Il faut %(wanted)d chiffres, il y en a %(given)d.") % {"wanted": len(PEOPLE), "given": len(digits)}
    for number, (question, digit) in enumerate(zip(PEOPLE, digits, strict=True), start=1):
        if int(digit) not in question.values:
            return _("Question %(number)d : %(digit)s n’est pas une réponse possible.") % {
                "number": number,
                "digit": digit,
            }
    return ""


@button_of("diagnostic_campaign", "pk")
@approved_account_required
def withdraw(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Erase an answer that is not counted yet, for the person who gives back its number."""
    found = campaign_or_404(request, pk)
    if services.withdraw_answer(campaign=found, token=request.POST.get("feuille", "")[:40]):
        messages.success(request, _("Cette réponse est effacée."))
    else:
        messages.error(request, _("Aucune réponse à effacer sous ce numéro : il est faux, ou elle est déjà comptée."))
    return SeeOther(reverse("diagnostic_campaign", args=[pk]))


@button_of("diagnostic_campaign", "pk")
@approved_account_required
def count(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Count the answers that wait, and show the result."""
    found = campaign_or_404(request, pk)
    try:
        services.release_answers(campaign=found)
    except services.TooFewAnswers as error:
        messages.error(request, str(error.message))
        return SeeOther(reverse("diagnostic_campaign", args=[pk]))
    return SeeOther(reverse("diagnostic_result", args=[pk]))


@button_of("diagnostic_campaign", "pk")
@approved_account_required
def close(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Take no more answers."""
    found = campaign_or_404(request, pk)
    services.close_campaign(campaign=found)
    messages.success(
        request, _("Ce diagnostic est clos. Les réponses seront effacées dans 12 mois ; le résultat reste.")
    )
    return SeeOther(reverse("diagnostic_campaign", args=[pk]))
