"""Statistics in Wagtail's menu of reports."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..permissions import publishes_pages
from . import views


class StatisticsMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return publishes_pages(request.user)


@hooks.register("register_reports_menu_item")
def statistics_menu_item() -> MenuItem:
    return StatisticsMenuItem(_("Statistiques des fiches"), reverse("card_statistics"), icon_name="table", order=640)


@hooks.register("register_admin_urls")
def statistics_urls() -> list[URLPattern]:
    return [
        path("reports/statistiques/", views.card_statistics, name="card_statistics"),
        path("reports/statistiques/<int:page_id>/", views.one_card_statistics, name="one_card_statistics"),
    ]
