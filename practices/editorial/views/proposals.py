"""/proposer/: the short form, and what becomes of one's proposals."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, button_of, preparing_account_required
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther
from practices.comments.personal_data_guard import Finding
from practices.comments.rulebook import pointed_at

from ..forms.desk import AnswerToRefusalForm
from ..forms.proposals import AnswerForm, IdeaForm, ProposalForm
from ..models.proposals import Proposal, ProposalDraft
from ..proposed_card import line_of
from ..review_comments import words_about
from ..services import proposals
from ..services.desk import answer_refusal
from ..services.review import answer_question
from ..states import Progress, progress_of

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Pointed:
    """A passage in which a person could be recognised, and the field where it stands."""

    label: str
    field_id: str
    finding: Finding


def _pointed(form: IdeaForm) -> list[Pointed]:
    return [
        Pointed(str(field.label), str(field.id_for_label), finding)
        for field, text in form.texts()
        for finding in pointed_at(text)
    ]


def _digest(pointed: Iterable[Pointed]) -> str:
    """Return the mark of what was pointed at: something new to see asks again."""
    words = "\n".join(sorted(f"{one.field_id}:{one.finding.text}" for one in pointed))
    return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def _form_page(
    request: MemberRequest, form: IdeaForm, *, pointed: list[Pointed] | None = None, **context: Any
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK  # also when something is pointed at
    pointed = pointed or []
    shown = {"form": form, "pointed": pointed, "seen": _digest(pointed), **context}
    return render(request, "editorial/proposals/form.html", shown, status=status)


def _wants_to_see(request: HttpRequest, pointed: list[Pointed]) -> bool:
    """Whether the author has not yet been shown all that was pointed at."""
    return bool(pointed) and request.POST.get("seen") != _digest(pointed)


@require_http_methods(METHODS)
@preparing_account_required
def propose(request: MemberRequest) -> HttpResponseBase:
    """Propose a card; what is typed is kept as a draft at each step."""
    user = request.user
    draft = ProposalDraft.objects.filter(author=user).first()
    if request.method != "POST":
        initial: dict[str, Any] = {"network": user.structure.network_id if user.structure else None}
        initial |= {name: value for name, value in (draft.fields if draft else {}).items() if value}
        return _form_page(request, ProposalForm(initial=initial), draft=draft)
    action = request.POST.get("action")
    if action == "forget":
        proposals.forget_draft(author=user)
        messages.success(request, _("Le brouillon est effacé."))
        return SeeOther(reverse("propose"))
    form = ProposalForm(request.POST, request.FILES)
    valid = form.is_valid()
    draft = proposals.save_draft(author=user, fields=form.typed())  # masked, if that is what was asked
    draft = _keep_photo(draft, form, remove=action == "remove_photo")
    if action == "save":
        messages.success(request, _("Votre brouillon est enregistré. Revenez quand vous voulez."))
        return SeeOther(reverse("propose"))
    if not valid or action == "remove_photo":
        return _form_page(request, form, draft=draft)
    pointed = _pointed(form)
    if _wants_to_see(request, pointed):
        return _form_page(request, form, pointed=pointed, draft=draft)
    return _sent(request, form, draft)


def _keep_photo(draft: ProposalDraft, form: ProposalForm, *, remove: bool) -> ProposalDraft:
    """Keep the photo just sent with the draft: a browser does not send the file again."""
    photo = form.cleaned_data.get("photo")
    if photo or remove:
        draft.photo = photo or None
        draft.save(update_fields=["photo"])
    return draft


def _sent(request: MemberRequest, form: ProposalForm, draft: ProposalDraft) -> HttpResponseBase:
    """Send the card, or keep it ready while its author's account waits."""
    if not request.user.is_approved:
        proposals.mark_ready(draft=draft)
        messages.success(
            request, _("Votre fiche est prête : elle part vers le réseau dès que votre compte est validé.")
        )
        return SeeOther(reverse("my_proposals"))
    try:
        card = proposals.propose_card(
            author=request.user,
            network=form.cleaned_data["network"],
            idea=form.idea(),
            photo=bytes(draft.photo) if draft.photo else None,
            submission_key=form.cleaned_data["submission_key"],
        )
    except proposals.SubmissionKeyUsed:
        form.add_error("title", _("Ce formulaire a déjà servi. Votre texte est gardé : envoyez-le de nouveau."))
        return _form_page(request, form, draft=draft)
    except proposals.NoSection:
        form.add_error("network", _("Ce réseau ne reçoit pas encore de fiches. Choisissez-en un autre."))
        return _form_page(request, form, draft=draft)
    proposals.forget_draft(author=request.user)
    messages.success(request, _("Merci ! Votre fiche est envoyée au réseau. Suivez-la ici."))
    return SeeOther(reverse("proposal", args=[card.proposal.pk]))


@button_of("propose")
@preparing_account_required
def save_draft(request: MemberRequest) -> HttpResponseBase:
    """Keep what is being typed (called by the page while one writes)."""
    proposals.save_draft(author=request.user, fields=ProposalForm(request.POST).typed())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_safe
@preparing_account_required
def my_proposals(request: MemberRequest) -> HttpResponseBase:
    """One's proposals, newest first, each with its state in plain words."""
    proposals = list(Proposal.objects.visible_to(request.user).select_related("card"))
    progress = progress_of(proposals)
    rows = [(proposal, progress[proposal.pk]) for proposal in proposals]
    draft = ProposalDraft.objects.filter(author=request.user).first()
    return render(request, "editorial/proposals/list.html", {"rows": rows, "draft": draft})


def _proposal_or_404(request: MemberRequest, pk: int) -> tuple[Proposal, Progress]:
    """Return one's own proposal and its state; someone else's does not exist."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).select_related("card"), pk=pk)
    return proposal, progress_of([proposal])[proposal.pk]


def _proposal_page(
    request: MemberRequest,
    proposal: Proposal,
    progress: Progress,
    failed: AnswerForm | None = None,
    failed_id: int = 0,
    *,
    refusal_form: AnswerToRefusalForm | None = None,
) -> HttpResponse:
    questions = [
        (question, failed if question.pk == failed_id else AnswerForm(auto_id=f"question-{question.pk}-%s"))
        for question in progress.questions
    ]
    latest = proposal.card.get_latest_revision_as_object()
    context = {
        "proposal": proposal,
        "progress": progress,
        "questions": questions,
        "words": [words for words in words_about(proposal.card) if words.text != progress.reason],
        "card": latest,
        "steps": [line_of(step.value) for step in latest.steps],
        "refusal_form": refusal_form or AnswerToRefusalForm(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed or refusal_form else HTTPStatus.OK
    return render(request, "editorial/proposals/proposal.html", context, status=status)


@require_safe
@approved_account_required
def proposal(request: MemberRequest, pk: int) -> HttpResponseBase:
    """One's proposal: its state, the reviewers' questions, the text as it was sent."""
    return _proposal_page(request, *_proposal_or_404(request, pk))


@require_http_methods(METHODS)
@approved_account_required
def proposal_correct(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Correct one's card after a refusal and send it back to review."""
    found, progress = _proposal_or_404(request, pk)
    if not progress.may_correct:
        messages.info(request, _("Cette fiche n’est pas à corriger en ce moment."))
        return SeeOther(reverse("proposal", args=[pk]))
    context: dict[str, Any] = {"proposal": found, "progress": progress}
    if request.method != "POST":
        return _form_page(request, IdeaForm(initial=_told(found)), **context)
    form = IdeaForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, **context)
    pointed = _pointed(form)
    if _wants_to_see(request, pointed):
        return _form_page(request, form, pointed=pointed, **context)
    try:
        proposals.correct_card(proposal=found, by=request.user, idea=form.idea())
    except proposals.NotToCorrect:
        messages.info(request, _("Cette fiche n’est pas à corriger en ce moment."))
    else:
        messages.success(request, _("C’est renvoyé : la relecture reprend."))
    return SeeOther(reverse("proposal", args=[pk]))


def _told(found: Proposal) -> dict[str, Any]:
    """Return the short form's fields as the card holds them now."""
    card = found.card.get_latest_revision_as_object()
    return {
        "title": card.title,
        "challenges": card.challenges,
        "steps": "\n".join(line_of(step.value) for step in card.steps),
        "audiences": card.audiences,
        "conditions": found.conditions_told,
        "limits": card.limits,
        "results": card.observed_results,
    }


@require_http_methods(METHODS)
@approved_account_required
def proposal_answer(request: MemberRequest, pk: int, question_id: int) -> HttpResponseBase:
    """Answer a reviewer's question; the address alone leads to the proposal."""
    found, progress = _proposal_or_404(request, pk)
    question = get_object_or_404(found.card.review_questions, pk=question_id)
    if request.method == "POST":
        form = AnswerForm(request.POST, auto_id=f"question-{question_id}-%s")
        if not form.is_valid():
            return _proposal_page(request, found, progress, form, question_id)
        answer_question(question=question, by=request.user, text=form.cleaned_data["answer"])
        messages.success(request, _("Votre réponse est envoyée."))
    return SeeOther(reverse("proposal", args=[pk]))


@button_of("proposal", "pk")
@approved_account_required
def refusal_answer(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Answer the editor who said « pas pour nous »."""
    found, progress = _proposal_or_404(request, pk)
    if progress.refused is None:
        messages.info(request, _("Le réseau n’attend pas de réponse sur cette fiche."))
        return SeeOther(reverse("proposal", args=[pk]))
    form = AnswerToRefusalForm(request.POST)
    if not form.is_valid():
        return _proposal_page(request, found, progress, refusal_form=form)
    answer_refusal(stopped=progress.refused, by=request.user, text=form.cleaned_data["answer"])
    messages.success(request, _("Votre réponse est envoyée."))
    return SeeOther(reverse("proposal", args=[pk]))


@require_http_methods(METHODS)
@approved_account_required
def proposal_withdraw(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Take one's proposal back, after a confirmation."""
    found, progress = _proposal_or_404(request, pk)
    if request.method == "POST":
        try:
            proposals.withdraw_proposal(proposal=found, by=request.user)
        except proposals.AlreadyDecided:
            messages.info(request, _("Cette fiche n’est plus en relecture."))
        else:
            messages.success(request, _("Votre proposition est retirée."))
        return SeeOther(reverse("proposal", args=[pk]))
    if not progress.may_withdraw:
        return SeeOther(reverse("proposal", args=[pk]))
    return render(request, "editorial/proposals/withdraw.html", {"proposal": found})
