"""The health of the search index: its address and its place in Wagtail's menu."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import HealthView, may_see_health


class HealthMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_see_health(request.user)


@hooks.register("register_reports_menu_item")
def health_menu_item() -> MenuItem:
    return HealthMenuItem(_("Index de recherche"), reverse("search_index_health"), icon_name="search", order=900)


@hooks.register("register_admin_urls")
def health_urls() -> list[URLPattern]:
    return [path("reports/index-de-recherche/", HealthView.as_view(), name="search_index_health")]
