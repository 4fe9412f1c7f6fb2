"""The life of pages in Wagtail: archive or replace, the report of ageing, what the history says of them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import page_permission_policy

from kb_site.facts.models import Fact

from ..citations import pages_citing
from ..log_actions import register_log_sentences
from ..models import PracticePage
from .report import AgeingReport
from .services.verification import STILL_TRUE
from .views.archiving import end_card
from .views.facts import facts_report


@hooks.register("register_admin_urls")
def archiving_urls() -> list[Any]:
    return [path("fiches/<int:card_id>/archiver/", end_card, name="end_card")]


@hooks.register("register_page_header_buttons")
def archive_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, PracticePage) and page.live and page.permissions_for_user(user).can_unpublish():
        yield Button(_("Archiver ou remplacer"), reverse("end_card", args=[page.pk]), icon_name="history", priority=60)


@hooks.register("register_log_actions")
def archiving_log_actions(actions: Any) -> None:
    register_log_sentences(
        actions,
        ("lifespan.archive", _("Archivage"), _("Archivée : « %(reason)s »")),
        ("lifespan.replace", _("Remplacement"), _("Remplacée par « %(replacement)s » : « %(reason)s »")),
        ("lifespan.replaces", _("Remplacement"), _("Remplace « %(replaced)s »")),
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(STILL_TRUE, _("Toujours vrai"), _("A confirmé que tout est encore vrai"))


class AgeingMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return page_permission_policy.user_has_permission(request.user, "publish")


@hooks.register("register_reports_menu_item")
def ageing_menu_item() -> MenuItem:
    return AgeingMenuItem(_("Fraîcheur des fiches"), reverse("ageing_report"), icon_name="time", order=650)


@hooks.register("register_reports_menu_item")
def facts_menu_item() -> MenuItem:
    return AgeingMenuItem(_("Faits et chiffres"), reverse("facts_report"), icon_name="clipboard-list", order=660)


@hooks.register("before_delete_snippet")
def a_cited_fact_stays(request: HttpRequest, instances: Any) -> HttpResponse | None:
    """A figure that pages cite is corrected, or taken off them first: they would be left with a hole."""
    facts = [one for one in instances if isinstance(one, Fact)]
    for fact in facts:
        if pages := pages_citing(fact):
            words = {"fact": fact.code, "pages": ", ".join(f"« {page.title} »" for page in pages[:5])}
            messages.error(request, _("« %(fact)s » est cité par %(pages)s : retirez-le d’abord de ces pages.") % words)
            return redirect("facts_report")
    return None


@hooks.register("register_admin_urls")
def ageing_urls() -> list[URLPattern]:
    return [
        path("reports/faits/", facts_report, name="facts_report"),
        path("reports/fraicheur/", AgeingReport.as_view(), name="ageing_report"),
        path("reports/fraicheur/resultats/", AgeingReport.as_view(results_only=True), name="ageing_report_results"),
    ]
