"""Experts' opinions in the editing screens, and in the history of the card."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from ..log_sentences import register_sentences
from ..models import PracticePage
from .admin_views import card_experts, withdraw_expert


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("fiches/<int:card_id>/experts/", card_experts, name="card_experts"),
        path("fiches/<int:card_id>/experts/<int:invitation_id>/retirer/", withdraw_expert, name="withdraw_expert"),
    ]


@hooks.register("register_page_header_buttons")
def header_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, PracticePage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Avis d’experts"), reverse("card_experts", args=[page.pk]), icon_name="user", priority=55)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_sentences(
        actions,
        ("experts.invite", _("Expert invité"), _("Avis demandé à %(name)s")),
        ("experts.withdraw", _("Invitation retirée"), _("Invitation de %(name)s retirée")),
        ("experts.open", _("Lien ouvert"), _("%(name)s a ouvert son lien")),
        ("experts.answer", _("Avis d’expert"), _("%(name)s : %(verdict)s. « %(opinion)s »")),
    )
