"""The report of ageing: every card and tool an editor answers for, its owners, its state, its next review."""

import datetime
from typing import Any

import django_filters
from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf, Substr
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from kb_site.accounts.models import full_name_in_sql
from kb_site.addresses import absolute
from kb_site.control_characters import without_control_characters
from kb_site.french.dates import french_date

from ..models import PracticeSectionPage
from ..models.freshness import FreshnessState
from ..permissions import SECTION_PATH_LENGTH, pages_to_publish, sections_to_publish, within
from ..spreadsheet_cells import without_formula

TYPES = ("practicepage", "toolpage", "orientationpage")


def _either(field: str, **kwargs: Any) -> Coalesce:
    """Return a field of whichever type the page is, card or tool."""
    return Coalesce(*(F(f"{name}__{field}") for name in TYPES), **kwargs)


def _person(field: str) -> Coalesce:
    names = [NullIf(full_name_in_sql(f"{name}__{field}"), Value("")) for name in TYPES]
    return Coalesce(*names, Value(""))


def _has_active(field: str) -> Q:
    found = Q(pk__in=[])
    for name in TYPES:
        found |= Q(**{f"{name}__{field}__is_active": True, f"{name}__{field}__status": "approved"})
    return found


WITHOUT_ACTIVE_OWNER = ~(_has_active("card_owner") | _has_active("backup_owner"))


def ageing_pages(user: Any, today: datetime.date) -> QuerySet[Page]:
    """Return the cards, tools and orientations this person publishes, with `owner_name`, `backup_name`, `state`, dates, section."""
    return (
        pages_to_publish(user)
        .filter(Q(practicepage__isnull=False) | Q(toolpage__isnull=False) | Q(orientationpage__isnull=False))
        .annotate(
            owner_name=_person("card_owner"),
            backup_name=_person("backup_owner"),
            verified_on=_either("last_verified_at", output_field=DateField()),
            next_review_on=_either("next_review_at", output_field=DateField()),
            section_path=Substr("path", 1, SECTION_PATH_LENGTH),
        )
        .annotate(
            state=Case(
                When(live=False, first_published_at=None, then=Value(FreshnessState.IN_REVISION.value)),
                When(live=False, then=Value(FreshnessState.ARCHIVED.value)),
                When(has_unpublished_changes=True, then=Value(FreshnessState.IN_REVISION.value)),
                When(
                    Q(next_review_on__isnull=True) | Q(next_review_on__lt=today),
                    then=Value(FreshnessState.TO_VERIFY.value),
                ),
                default=Value(FreshnessState.UP_TO_DATE.value),
                output_field=CharField(),
            )
        )
        .order_by(F("next_review_on").asc(nulls_first=True), "title")
    )


class LocalDateColumn(Column):
    """A day, as it is written in French."""

    def get_value(self, instance: Page) -> str:
        value = super().get_value(instance)
        return french_date(value, "j F Y") if value else "–"


class AgeingFilters(WagtailFilterSet):
    """By state, by network, with or without an active owner."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=FreshnessState.choices)
    section = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Réseau"),
        queryset=lambda request: sections_to_publish(request.user),
        method="in_section",
        empty_label=gettext_lazy("Tous"),
    )
    orphan = django_filters.ChoiceFilter(
        label=gettext_lazy("Responsable"),
        choices=[("1", gettext_lazy("Sans responsable actif"))],
        method="without_owner",
        empty_label=gettext_lazy("Tous"),
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def in_section(self, pages: QuerySet[Page], name: str, section: PracticeSectionPage) -> QuerySet[Page]:
        return pages.filter(within(section))

    def without_owner(self, pages: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        return pages.filter(WITHOUT_ACTIVE_OWNER)


class AgeingReport(PageReportView):
    """Fraîcheur des fiches: a table with filters, as CSV or XLSX too."""

    page_title = gettext_lazy("Fraîcheur des fiches")
    header_icon = "time"
    index_url_name = "ageing_report"
    index_results_url_name = "ageing_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    any_permission_required = ["publish"]
    filterset_class = AgeingFilters
    export_filename = "fraicheur-des-fiches"
    list_export = [
        "title",
        "section_title",
        "state_label",
        "owner_name",
        "backup_name",
        "verified_on",
        "next_review_on",
        "address",
    ]
    export_headings = {
        "title": gettext_lazy("Fiche"),
        "section_title": gettext_lazy("Réseau"),
        "state_label": gettext_lazy("État"),
        "owner_name": gettext_lazy("Responsable"),
        "backup_name": gettext_lazy("Suppléance"),
        "verified_on": gettext_lazy("Vérifiée le"),
        "next_review_on": gettext_lazy("Prochaine vérification"),
        "address": gettext_lazy("Adresse"),
    }
    columns = [
        TitleColumn("title", label=gettext_lazy("Fiche"), url_name="wagtailadmin_pages:edit", sort_key="title"),
        Column("section_title", label=gettext_lazy("Réseau")),
        Column("state_label", label=gettext_lazy("État")),
        Column("owner_name", label=gettext_lazy("Responsable"), sort_key="owner_name"),
        Column("backup_name", label=gettext_lazy("Suppléance"), sort_key="backup_name"),
        LocalDateColumn("verified_on", label=gettext_lazy("Vérifiée le"), sort_key="verified_on"),
        LocalDateColumn("next_review_on", label=gettext_lazy("Prochaine vérification"), sort_key="next_review_on"),
    ]

    def get_queryset(self) -> QuerySet[Page]:
        self.queryset = ageing_pages(self.request.user, timezone.localdate())
        pages: QuerySet[Page] = super().get_queryset()
        return pages

    def decorate_paginated_queryset(self, object_list: Any) -> list[Page]:
        sections = dict(PracticeSectionPage.objects.values_list("path", "title"))
        pages = list(object_list)
        for page in pages:
            page.section_title = sections.get(page.section_path, _("Commun à tous les réseaux"))
            page.state_label = str(FreshnessState(page.state).label)
            page.address = absolute(page.get_url() or "/") if page.live else ""
        return pages

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)
        if isinstance(cell, str):
            cell = without_control_characters(cell)
        return without_formula(cell) if export_format == self.FORMAT_CSV else cell
