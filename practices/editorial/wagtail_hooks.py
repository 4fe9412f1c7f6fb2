"""The vocabularies in Wagtail's menu; reviews and experts' opinions in the editing screens and the history of cards."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from ..log_actions import register_log_sentences
from ..models import PracticePage
from .views.experts_admin import card_experts, withdraw_expert
from .views.review import stop
from .viewsets import VocabulariesGroup

register_snippet(VocabulariesGroup)


@hooks.register("register_log_actions")
def review_log_actions(actions: Any) -> None:
    register_log_sentences(
        actions,
        ("review.ask", _("Question à l’auteur"), _("Question à l’auteur : « %(question)s »")),
        ("review.answer", _("Réponse de l’auteur"), _("Réponse de l’auteur : « %(answer)s »")),
        ("review.stop", _("Relecture arrêtée"), _("Relecture arrêtée : « %(reason)s »")),
        ("review.deadline", _("Date de relecture"), _("À relire avant le : %(due_on)s")),
    )


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("fiches/<int:card_id>/arreter-la-relecture/", stop, name="stop_review")]


class StopReviewMenuItem(CancelWorkflowMenuItem):
    """A link to the screen that asks why, where Wagtail's button stops the review in one click."""

    label = _("Arrêter la relecture")

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("stop_review", args=[context["page"].pk])


@hooks.register("construct_page_action_menu")
def ask_before_stopping(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    if isinstance(context.get("page"), PracticePage):
        menu_items[:] = [
            StopReviewMenuItem(order=item.order) if isinstance(item, CancelWorkflowMenuItem) else item
            for item in menu_items
        ]


@hooks.register("before_edit_page")
def never_stop_in_one_click(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    if request.method == "POST" and "action-cancel-workflow" in request.POST and isinstance(page, PracticePage):
        return redirect("stop_review", page.pk)
    return None


@hooks.register("register_admin_urls")
def expert_urls() -> list[Any]:
    return [
        path("fiches/<int:card_id>/experts/", card_experts, name="card_experts"),
        path("fiches/<int:card_id>/experts/<int:invitation_id>/retirer/", withdraw_expert, name="withdraw_expert"),
    ]


@hooks.register("register_page_header_buttons")
def expert_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, PracticePage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Avis d’experts"), reverse("card_experts", args=[page.pk]), icon_name="user", priority=55)


@hooks.register("register_log_actions")
def expert_log_actions(actions: Any) -> None:
    register_log_sentences(
        actions,
        ("experts.invite", _("Expert invité"), _("Avis demandé à %(name)s")),
        ("experts.withdraw", _("Invitation retirée"), _("Invitation de %(name)s retirée")),
        ("experts.open", _("Lien ouvert"), _("%(name)s a ouvert son lien")),
        ("experts.answer", _("Avis d’expert"), _("%(name)s : %(verdict)s. « %(opinion)s »")),
    )
