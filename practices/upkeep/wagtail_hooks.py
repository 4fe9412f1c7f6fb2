"""Freshness in Wagtail: the line of the audit log, the report of ageing and its place in the menu."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import page_permission_policy

from .report import AgeingReport
from .services import STILL_TRUE


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(STILL_TRUE, _("Toujours vrai"), _("A confirmé que tout est encore vrai"))


class AgeingMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return page_permission_policy.user_has_permission(request.user, "publish")


@hooks.register("register_reports_menu_item")
def ageing_menu_item() -> MenuItem:
    return AgeingMenuItem(_("Fraîcheur des fiches"), reverse("ageing_report"), icon_name="time", order=650)


@hooks.register("register_admin_urls")
def ageing_urls() -> list[URLPattern]:
    return [
        path("reports/fraicheur/", AgeingReport.as_view(), name="ageing_report"),
        path("reports/fraicheur/resultats/", AgeingReport.as_view(results_only=True), name="ageing_report_results"),
    ]
