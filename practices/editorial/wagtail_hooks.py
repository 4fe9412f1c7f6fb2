"""The vocabularies in Wagtail's menu; reviews and experts' opinions in the editing screens and the history of cards."""

from collections.abc import Iterable, Iterator
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
from ..models import Condition, PracticePage, Theme, ToolPage
from .services.replacing import holders_of
from .services.typing_errors import may_mend
from .views.experts_admin import card_experts, withdraw_expert
from .views.replacing import address_of, replace
from .views.review import stop
from .viewsets import VocabulariesGroup

register_snippet(VocabulariesGroup)


@hooks.register("register_log_actions")
def review_log_actions(actions: Any) -> None:
    register_log_sentences(
        actions,
        ("review.ask", _("Question à l’auteur"), _("Question à l’auteur : « %(question)s »")),
        ("review.answer", _("Réponse de l’auteur"), _("Réponse de l’auteur : « %(answer)s »")),
        ("vocabulary.replace", _("Remplacé partout"), _("« %(thing)s » remplacé par « %(replacement)s »")),
        ("review.assign", _("Relecture confiée"), _("Relecture confiée à %(name)s")),
        ("review.typo", _("Coquille corrigée"), _("Coquille corrigée sans relecture : %(fields)s")),
        ("review.stop", _("Relecture arrêtée"), _("Relecture arrêtée : « %(reason)s »")),
        ("review.deadline", _("Date de relecture"), _("À relire avant le : %(due_on)s")),
    )


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("fiches/<int:card_id>/arreter-la-relecture/", stop, name="stop_review")]


@hooks.register("register_admin_urls")
def replacing_urls() -> list[URLPattern]:
    return [path("remplacer/<slug:kind>/<int:pk>/", replace, name="replace_everywhere")]


@hooks.register("before_delete_snippet")
def replace_before_deleting(request: HttpRequest, instances: list[Any]) -> HttpResponseBase | None:
    """What cards, drafts or reviews still hold is replaced there first."""
    return next(
        (
            redirect(address_of(one))
            for one in instances
            if isinstance(one, Condition | Theme) and holders_of(one).exists()
        ),
        None,
    )


@hooks.register("before_delete_page")
def replace_tool_before_deleting(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    tool = page.specific
    return redirect(address_of(tool)) if isinstance(tool, ToolPage) and holders_of(tool).exists() else None


@hooks.register("before_bulk_action")
def replace_before_deleting_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponseBase | None:
    """The same from a list: the first one that something holds is dealt with first."""
    if action_type != "delete":
        return None
    things = (one.specific if isinstance(one, Page) else one for one in objects)
    held = (one for one in things if isinstance(one, Condition | Theme | ToolPage) and holders_of(one).exists())
    return next((redirect(address_of(one)) for one in held), None)


class StopReviewMenuItem(CancelWorkflowMenuItem):
    """A link to the screen that asks why, where Wagtail's button stops the review in one click."""

    label = _("Arrêter la relecture")

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("stop_review", args=[context["page"].pk])


class TypingErrorMenuItem(ActionMenuItem):
    """A link to the screen that publishes what was saved, for who says that the meaning stays."""

    name = "action-typing-error"
    label = _("Publier une coquille enregistrée")
    icon_name = "edit"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return isinstance(page, PracticePage) and may_mend(page, context["request"].user)

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("typing_error", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def typing_error_menu_item() -> ActionMenuItem:
    return TypingErrorMenuItem(order=95)


@hooks.register("register_page_header_buttons")
def desk_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, PracticePage) and page.permissions_for_user(user).answers_for():
        yield Button(_("Relire sur le site"), reverse("review_card", args=[page.pk]), icon_name="view", priority=45)


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
