"""The screen on which an editor stops a review, in the place of Wagtail's button, which asks nothing and tells nobody."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from kb_site.http import form_status

from ...models import PracticePage
from ..forms.review import StopForm
from ..services.review import NoReview, stop_review


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, card_id: int) -> HttpResponse:
    """Stop the review of a card, with a reason that its author receives; for those who may decide on it."""
    card = get_object_or_404(PracticePage, pk=card_id)
    state = card.current_workflow_state
    if state is not None and not state.user_can_cancel(request.user):
        raise PermissionDenied
    form = StopForm(request.POST if request.method == "POST" else None)
    try:
        if state is None:
            raise NoReview
        if form.is_valid():
            told = stop_review(card=card, by=request.user, reason=form.cleaned_data["reason"])
            done = _("La relecture est arrêtée : son auteur est prévenu.") if told else _("La relecture est arrêtée.")
            messages.success(request, done)
            return redirect("wagtailadmin_pages:edit", card.pk)
    except NoReview:
        messages.warning(request, _("Cette fiche n’est plus en relecture."))
        return redirect("wagtailadmin_pages:edit", card.pk)
    title = _("Arrêter la relecture")
    context = {"card": card, "form": form, "header_title": title, "page_title": title, "header_icon": "error"}
    status = form_status(form)
    return render(request, "editorial/admin/stop_review.html", context, status=status)
