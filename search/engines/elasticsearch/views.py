"""The health of the search index, in Wagtail."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from kb_site.accounts.services.approval import may_decide

from .health import read_health
from .queue import defer_rebuild


def may_see_health(user: Any) -> bool:
    """Coordinators and administrators."""
    return bool(user.is_superuser) or may_decide(user)


class HealthView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the health; a POST asks the worker for a new index."""

    template_name = "search/admin/elasticsearch_health.html"
    page_title = gettext_lazy("Index de recherche")
    header_icon = "search"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see_health(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"health": read_health()}

    def post(self, request: HttpRequest) -> HttpResponse:
        if defer_rebuild():
            messages.success(request, _("La reconstruction va commencer. Les recherches continuent pendant ce temps."))
        else:
            messages.info(request, _("Une reconstruction est déjà demandée."))
        return redirect("search_index_health")
