"""Every address of the site."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_document_urls

from kb_site.accounts.views import personal_data
from kb_site.home.sitemaps import sitemap_of_site
from practices import workflow_refusals
from practices.page_types_usage import page_types_usage, page_types_usage_results
from practices.theme_names import theme_names

from . import views
from .bulk_actions import bulk_action
from .routing import serve

handler403 = "kb_site.views.forbidden"
handler404 = "kb_site.views.not_found"
handler500 = "kb_site.views.failed"
handler429 = "kb_site.http.too_many"  # allauth asks for it

urlpatterns = [
    path("admin/tag-autocomplete/practices/theme/", theme_names),
    path("admin/reports/page-types-usage/", page_types_usage),
    path("admin/reports/page-types-usage/results/", page_types_usage_results),
    path("admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", workflow_refusals.action),
    path(
        "admin/pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        workflow_refusals.collect_action_data,
    ),
    path("admin/pages/workflow/confirm_cancellation/<int:page_id>/", workflow_refusals.confirm_cancellation),
    path("admin/pages/workflow/preview/<int:page_id>/<int:task_id>/", workflow_refusals.preview),
    path("admin/bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_action, name="wagtail_bulk_action"),
    path("admin/", include(wagtail_admin_urls)),
    path("media/", include("kb_site.media.urls")),
    path("documents/", include(wagtail_document_urls)),
    path("compte/journal/", include("kb_site.journal.urls")),
    path("compte/", include("kb_site.accounts.urls")),
    path("", include("kb_site.notifications.urls")),
    path("", include("kb_site.pocket.urls")),
    path("", include("kb_site.helplines.urls")),
    path("", include("kb_site.facts.urls")),
    path("commentaires/", include("practices.comments.urls")),
    path("groupes/", include("exchange_groups.urls")),
    path("seances/", include("exchange_groups.sessions.urls")),
    path("seances/", include("exchange_groups.live.urls")),
    path("seances/", include("exchange_groups.minutes.urls")),
    path("verifier/", include("practices.lifecycle.urls")),
    path("proposer/", include("practices.editorial.urls.proposals")),
    path("diagnostic/", include("practices.diagnostic.urls")),
    path("aide/", include("kb_site.help.urls")),
    path("", include("kb_site.compliance.urls")),
    path("besoins/", include("kb_site.observatory.urls")),
    path("experiences/", include("practices.experiences.urls")),
    path("avis/", include("practices.opinions.urls")),
    path("outils/", include("practices.comparator.urls")),
    path("", include("practices.urls")),
    path("", include("practices.import_export.urls")),
    path("relire/", include("practices.editorial.urls.desk")),
    path("relecture/", include("practices.editorial.urls.experts")),
    path("", include("search.urls")),
    path("", include("search.zero_results.urls")),
    path("", include("search.saved.urls")),
    path("recherche/demandes/", include("search.card_requests.urls")),
    path("ce-que-nous-gardons/", personal_data.what_is_kept, name="what_is_kept"),
    path("composants/", views.components, name="components"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("kb_site.health.urls")),
    path("", include("kb_site.api.urls")),
    path("", include("kb_site.sharing.urls")),
    path("sitemap.xml", sitemap_of_site, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
