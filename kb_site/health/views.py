"""The page « Santé du site » in Wagtail, and the figures for a monitor."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from procrastinate.contrib.django import app
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .checks import examine, failed_jobs


class HealthView(WagtailAdminTemplateMixin, TemplateView):
    """Shows what every check finds, to administrators; a POST tries again the jobs that failed."""

    template_name = "health/admin/site_health.html"
    page_title = gettext_lazy("Santé du site")
    header_icon = "view"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = examine()
        failed = next(finding.figures["failed"] for check, finding in found if check.name == "queue")
        return super().get_context_data(**kwargs) | {"found": found, "failed": failed}

    def post(self, request: HttpRequest) -> HttpResponse:
        count = 0
        for job in failed_jobs():
            app.job_manager.retry_job_by_id(job, retry_at=timezone.now())
            count += 1
        words = ngettext("%d tâche est relancée.", "%d tâches sont relancées.", count) % count
        messages.success(request, words if count else _("Aucune tâche n’avait échoué."))
        return redirect("site_health")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of each check as Prometheus reads them (text format 0.0.4), for who has METRICS_TOKEN.

    Without a token in the settings there is no such address.
    """
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    found = examine()
    lines = ["# TYPE site_check_ok gauge"]
    lines += [f'site_check_ok{{check="{check.name}"}} {finding.is_well:d}' for check, finding in found]
    for check, finding in found:
        for name, value in finding.figures.items():
            lines += [f"# TYPE site_{check.name}_{name} gauge", f"site_{check.name}_{name} {value:g}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8")
