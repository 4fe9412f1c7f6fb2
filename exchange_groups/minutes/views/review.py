"""From a draft to published minutes: sent for review, amended, decided, validated, published, taken back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status
from practices.comments.forms import MASK
from practices.comments.personal_data_guard import find_personal_data

from ..access import minutes_of_address, minutes_to_publish, minutes_to_write
from ..choices import AmendmentState, MinutesState
from ..forms.writing import AmendmentForm, DecisionForm
from ..models import Amendment, Minutes, MinutesLine
from ..people import participants_of
from ..services import review
from ..services.errors import MinutesError


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_write
def minutes_send(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """Read once more, then send to those who were there."""
    if minutes.state != MinutesState.DRAFT:
        return redirect(minutes)
    if request.method == "POST" and MASK in request.POST:
        try:
            review.mask_minutes(minutes=minutes, by=request.user)
        except MinutesError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("C’est masqué. Relisez, puis envoyez."))
        return SeeOther(request.path)
    words = "\n".join([minutes.summary, *minutes.lines.standing().values_list("text", flat=True)])
    found = find_personal_data(words)
    if request.method == "POST" and (not found or "relu" in request.POST):
        try:
            asked = review.send_for_review(minutes=minutes, by=request.user)
        except MinutesError as error:
            messages.error(request, str(error.message))
            return SeeOther(minutes.get_absolute_url())
        sent = ngettext("Envoyé à %(n)d personne.", "Envoyé à %(n)d personnes.", asked) % {"n": asked}
        messages.success(request, sent)
        return SeeOther(minutes.get_absolute_url())
    refused = request.method == "POST"
    people = participants_of(minutes.session).exclude(pk=request.user.pk)
    context = {"minutes": minutes, "session": minutes.session, "found": found, "people": people, "has_errors": refused}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "minutes/send.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_of_address
def minutes_amend(request: MemberRequest, minutes: Minutes, line_id: int) -> HttpResponseBase:
    """Propose other words for a line, or (0) a line that is missing."""
    if not minutes.may_be_amended_by(request.user):
        messages.error(request, _("La relecture est terminée : on ne peut plus demander de modification."))
        return redirect(minutes)
    line = get_object_or_404(MinutesLine.objects.standing(), pk=line_id, minutes=minutes) if line_id else None
    initial = {"text": line.text if line else ""}
    form = AmendmentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and line and form.cleaned_data["text"].strip() == line.text.strip():
        form.add_error("text", _("C’est le texte actuel : changez-le, ou revenez en arrière."))
    if form.is_bound and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("text", "reason", "submission_key")}
        try:
            review.propose_amendment(minutes=minutes, author=request.user, line=line, **values)
        except MinutesError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Merci. La personne qui rédige va vous répondre."))
        return SeeOther(minutes.get_absolute_url())
    context = {"minutes": minutes, "session": minutes.session, "line": line, "form": form}
    return render(request, "minutes/amend.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_write
def minutes_decide(request: MemberRequest, minutes: Minutes, amendment_id: int) -> HttpResponseBase:
    """Answer a request: the words before, the words proposed, the words that are kept."""
    asked = get_object_or_404(Amendment.objects.select_related("author", "line"), pk=amendment_id, minutes=minutes)
    if asked.state != AmendmentState.PROPOSED or minutes.state != MinutesState.IN_REVIEW:
        messages.info(request, _("Cette demande a déjà reçu une réponse."))
        return redirect(minutes)
    form = DecisionForm(request.POST if request.method == "POST" else None, initial={"text": asked.text})
    if form.is_bound and form.is_valid():
        verdict = request.POST.get("verdict")
        if verdict not in ("accepter", "refuser"):
            raise Http404
        try:
            review.decide_amendment(
                amendment=asked, by=request.user, accepted=verdict == "accepter", **form.cleaned_data
            )
        except review.WordMissing as error:
            form.add_error("answer", str(error.message))
        except MinutesError as error:
            messages.error(request, str(error.message))
            return SeeOther(minutes.get_absolute_url())
        else:
            return SeeOther(minutes.get_absolute_url())
    context = {"minutes": minutes, "session": minutes.session, "amendment": asked, "form": form}
    return render(request, "minutes/decide.html", context, status=form_status(form))


@button_of("minutes_page", "session_id", "slug")
@minutes_of_address
def minutes_agree(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """Find nothing to change; once all who were there have said so, the review ends before its day."""
    try:
        closed = review.agree(minutes=minutes, by=request.user)
    except MinutesError as error:
        messages.error(request, str(error.message))
    else:
        told = (
            _("Merci. Tout le monde est d’accord : la relecture est terminée.") if closed else _("Merci, c’est noté.")
        )
        messages.success(request, told)
    return SeeOther(minutes.get_absolute_url())


@button_of("minutes_page", "session_id", "slug")
@minutes_to_publish
def minutes_step(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """Validate, publish, or take back to be written again."""
    wanted = request.POST.get("etape", "")
    try:
        if wanted == "reprendre":
            review.reopen_minutes(minutes=minutes)
            messages.success(request, _("Le compte rendu est de nouveau en rédaction."))
        elif wanted == "valider":
            review.validate_minutes(minutes=minutes, by=request.user)
            messages.success(request, _("Le compte rendu est validé."))
        elif wanted == "publier":
            review.publish_minutes(minutes=minutes, by=request.user)
            messages.success(request, _("Le compte rendu est publié dans le groupe : ses membres sont prévenus."))
        else:
            raise Http404
    except MinutesError as error:
        messages.error(request, str(error.message))
    return SeeOther(minutes.get_absolute_url())
