"""What readers find at the address of a card that left, and the screen where an editor makes it leave."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from kb_site.access import refused_to
from kb_site.http import form_status

from ...models import PracticePage
from ...page_context import related_cards
from ..forms import EndingForm
from ..models.archiving import CardEnding
from ..services import archiving

# A replacement may be undone: browsers ask again after an hour.
REDIRECT_KEPT = 3600


def ended_card(url_path: str) -> PracticePage | None:
    """Return the card that left this address: archived, replaced or expired; None for what was never online."""
    card = PracticePage.objects.filter(url_path=url_path, live=False).select_related("ending__replacement").first()
    if card is None or (ending_of(card) is None and not card.expired):
        return None
    return card


def ending_of(card: PracticePage) -> CardEnding | None:
    """Return why this card left, None when nobody said it."""
    return getattr(card, "ending", None)


def gone(request: HttpRequest, card: PracticePage) -> HttpResponseBase:
    """Lead to the card that replaces this one, else say why it left; to those who could read it, and no one else.

    An address holds words of a title: it is given to those who may read the page that it leads to.
    """
    if not card.is_open_to(request.user):
        return refused_to(request)
    ending = ending_of(card)
    replacement = ending.replacement if ending and ending.replacement and ending.replacement.live else None
    if replacement is not None and replacement.is_visible_to(request.user):
        response = HttpResponsePermanentRedirect(replacement.get_url(request) or "/")
        patch_cache_control(response, max_age=REDIRECT_KEPT, private=True)
        return response
    context = {
        "page": card,
        "ending": ending,
        "related": related_cards(card, request.user),
        "sign_in_to_follow": replacement is not None and not request.user.is_authenticated,
    }
    return render(request, "lifecycle/gone.html", context, status=HTTPStatus.GONE)


@require_http_methods(["GET", "HEAD", "POST"])
def end_card(request: HttpRequest, card_id: int) -> HttpResponse:
    """Archive or replace a card (editing screens); for those who may unpublish it."""
    card = get_object_or_404(PracticePage, pk=card_id)
    if not card.permissions_for_user(request.user).can_unpublish():
        raise PermissionDenied
    form = EndingForm(request.POST if request.method == "POST" else None, card=card)
    if form.is_valid():
        _end(form, card, request.user)
        messages.success(request, _("« %s » n’est plus en ligne. Son adresse dit pourquoi.") % card.title)
        return redirect("wagtailadmin_explore", card.get_parent().pk)
    context = {
        "card": card,
        "form": form,
        "header_title": _("Archiver ou remplacer"),
        "page_title": _("Archiver ou remplacer"),
        "header_icon": "history",
    }
    status = form_status(form)
    return render(request, "lifecycle/admin/end_card.html", context, status=status)


def _end(form: EndingForm, card: PracticePage, user: Any) -> None:
    reason, replacement = form.cleaned_data["reason"], form.cleaned_data["replacement"]
    if replacement is None:
        archiving.archive_card(card=card, by=user, reason=reason)
    else:
        archiving.replace_card(card=card, by=user, replacement=replacement, reason=reason)
