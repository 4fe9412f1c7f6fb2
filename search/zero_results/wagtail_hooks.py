"""The report of searches without answer in Wagtail's menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views.admin import GapReportView, decide


@hooks.register("register_admin_urls")
def gap_urls() -> list[URLPattern]:
    return [
        path("recherches-sans-reponse/", GapReportView.as_view(), name="search_gap_report"),
        path(
            "recherches-sans-reponse/resultats/",
            GapReportView.as_view(results_only=True),
            name="search_gap_report_results",
        ),
        path("recherches-sans-reponse/<int:pk>/", decide, name="search_gap_decide"),
    ]


class GapMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("search_gaps.view_searchgap"))


@hooks.register("register_reports_menu_item")
def gap_menu_item() -> MenuItem:
    return GapMenuItem(
        _("Recherches sans réponse"), reverse("search_gap_report"), name="search-gaps", icon_name="search", order=100
    )
