"""The board in Wagtail: its page, its place in the menu, its summary on the home page."""

from typing import Any, ClassVar

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from ..permissions import publishes_pages
from . import views
from .panels import Scope, panels


class BoardMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return publishes_pages(request.user)


@hooks.register("register_admin_menu_item")
def board_menu_item() -> MenuItem:
    return BoardMenuItem(_("Tableau de bord"), reverse("editors_board"), icon_name="tasks", order=50)


@hooks.register("register_admin_urls")
def board_urls() -> list[URLPattern]:
    return [path("tableau-de-bord/", views.board, name="editors_board")]


class BoardSummary(Component):
    """What waits, in figures; only what is not empty."""

    name = "editors_board"
    template_name = "practices/admin/board_summary.html"
    order = 50

    class Media:
        css: ClassVar = {"all": ["kb_site/admin_board.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        scope = Scope(parent_context["request"].user)
        counts = [(panel, panel.find(scope, 0).count) for panel in panels()]
        return {"counts": [(panel, count) for panel, count in counts if count], "address": reverse("editors_board")}


@hooks.register("construct_homepage_panels")
def add_board_summary(request: Any, home_panels: list[Component]) -> None:
    if publishes_pages(request.user):
        home_panels.append(BoardSummary())
