"""« Santé du site »: its address and its place in Wagtail's menu."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import HealthView


class HealthMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_reports_menu_item")
def health_menu_item() -> MenuItem:
    return HealthMenuItem(_("Santé du site"), reverse("site_health"), icon_name="view", order=10)


@hooks.register("register_admin_urls")
def health_urls() -> list[URLPattern]:
    return [path("reports/sante-du-site/", HealthView.as_view(), name="site_health")]
