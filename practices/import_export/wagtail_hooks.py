"""Import and export in Wagtail's menu."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..permissions import publishes_pages
from . import views


class SheetsMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return publishes_pages(request.user)


@hooks.register("register_admin_menu_item")
def sheets_menu_item() -> MenuItem:
    return SheetsMenuItem(_("Import et export"), reverse("card_sheets"), icon_name="table", order=850)


@hooks.register("register_admin_urls")
def sheets_urls() -> list[URLPattern]:
    return [
        path("fiches/tableaux/", views.card_sheets, name="card_sheets"),
        path("fiches/tableaux/modele.xlsx", views.import_template, name="import_template"),
        path("fiches/tableaux/<int:import_id>/", views.card_import, name="card_import"),
        path("fiches/exporter/fiches.<slug:kind>", views.card_export, name="card_export"),
    ]
