"""/relecture/<secret>/: an expert reads a draft and answers, without an account."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kb_site.http import form_status

from ...models import PracticePage
from ...page_sections import section_context
from ..forms.experts import OpinionForm
from ..models.experts import ExpertInvitation
from ..services import experts


def _private(response: HttpResponse) -> HttpResponse:
    """What is behind a secret link is kept by nobody: no cache, no search engine."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _closed(request: HttpRequest, words: str, status: HTTPStatus) -> HttpResponse:
    return _private(render(request, "editorial/experts/closed.html", {"words": words}, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def expert_opinion(request: HttpRequest, token: str) -> HttpResponseBase:
    """Read the draft and give one's opinion; the link works once for the person named."""
    invitation = ExpertInvitation.objects.of_token(token)
    if invitation is None:
        raise Http404
    if invitation.answered_at:
        return _closed(request, _("Merci : votre avis est bien arrivé chez les éditeurs."), HTTPStatus.OK)
    if invitation.withdrawn_at:
        return _closed(request, _("Cette invitation a été retirée. Vous n’avez rien à faire."), HTTPStatus.GONE)
    if invitation.has_expired:
        words = _("Ce lien n’est plus valable. Écrivez à la personne qui vous a invité pour en recevoir un autre.")
        return _closed(request, words, HTTPStatus.GONE)
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with suppress(experts.InvitationClosed):  # answered or withdrawn at the same instant: the page says which
            experts.record_opinion(
                invitation=invitation,
                verdict=form.cleaned_data["verdict"],
                opinion=form.cleaned_data["opinion"],
                notes=form.notes(),
            )
        response = HttpResponseRedirect(request.path)
        response.status_code = HTTPStatus.SEE_OTHER
        return _private(response)
    experts.record_opening(invitation=invitation)
    card: PracticePage = invitation.card.get_latest_revision_as_object()
    shown = {"page": card, "invitation": invitation, "form": form, "is_draft": True}
    context: dict[str, Any] = section_context(card, request) | shown
    status = form_status(form)
    return _private(render(request, "editorial/experts/draft.html", context, status=status))
