"""The report of searches without answer in Wagtail's menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from practices.models import PracticePage

from ..models import Need, SynonymGroup
from .views.admin import GapReportView, close_gap_in_hand, decide


@hooks.register("after_create_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def close_once_saved(request: HttpRequest, saved: object) -> None:
    """A search without answer is dealt with once its card, its equivalent words or its need is saved."""
    if isinstance(saved, PracticePage | SynonymGroup | Need):
        close_gap_in_hand(request)


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
