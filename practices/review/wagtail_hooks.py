"""What the history of a card says of its review; the way to stop one."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem
from wagtail.models import Page

from ..log_sentences import register_sentences
from ..models import PracticePage
from .views import stop


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_sentences(
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
