"""For editors: the cards that experiences contest, and the levels of evidence to confirm."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from kb_site.access import button_of

from .evidence import cards_to_look_at, publishable_cards
from .services import NothingToConfirm, confirm_evidence


@require_safe
def look_at(request: HttpRequest) -> HttpResponse:
    """The cards of this editor that experiences say something new about."""
    return render(request, "practices/experiences/admin.html", {"cards": cards_to_look_at(request.user)})


@button_of("experiences_to_look_at")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a card the level that its experiences suggest."""
    card = get_object_or_404(publishable_cards(request.user), pk=pk)
    if not card.permissions_for_user(request.user).answers_for():
        raise PermissionDenied
    try:
        published = confirm_evidence(card=card, by=request.user)
    except NothingToConfirm as error:
        messages.error(request, str(error.message))
    else:
        words = (
            _("Le niveau de preuve est confirmé.") if published else _("Le niveau est noté dans le brouillon en cours.")
        )
        messages.success(request, words)
    return HttpResponseRedirect(reverse("experiences_to_look_at"))


class ExperiencesMenuItem(MenuItem):
    """Shown to whoever publishes cards."""

    def is_shown(self, request: HttpRequest) -> bool:
        return publishable_cards(request.user).exists()


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("retours/", look_at, name="experiences_to_look_at"),
        path("retours/<int:pk>/confirmer/", confirm, name="experiences_confirm_evidence"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return ExperiencesMenuItem(
        gettext_lazy("Retours d’expérience"), reverse("experiences_to_look_at"), icon_name="history", order=900
    )
