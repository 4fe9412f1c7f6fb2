"""What editors see of searches without answer: a report with filters and export, and what to do with each line."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import permission_required
from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from kb_site.access import button_of
from kb_site.control_characters import without_control_characters
from practices.models import PracticeSectionPage
from practices.spreadsheet_cells import without_formula

from ..models import SearchGap
from ..services import decide_gap, need_of_gap

IN_HAND = "search_gap_in_hand"  # in the session: what is written for it is not saved yet
CLICKED_ENOUGH = 0.5  # of the searches with results: above, people find what they look for


class GapFilterSet(WagtailFilterSet):
    """By state, by kind of gap, since a day."""

    kind = django_filters.ChoiceFilter(
        label=_("Ce qui manque"),
        method="of_kind",
        choices=[("result", _("aucun résultat")), ("click", _("des résultats, rarement ouverts"))],
    )
    last_day = django_filters.DateFilter(label=_("Cherchée depuis le"), lookup_expr="gte")

    class Meta:
        model = SearchGap
        fields = ["state", "kind", "last_day"]

    def of_kind(self, queryset: QuerySet[SearchGap], name: str, value: str) -> QuerySet[SearchGap]:
        if value == "result":
            return queryset.filter(without_result__gt=0)
        return queryset.filter(without_result=0)


class ActionsColumn(BaseColumn):
    """« Faire une fiche », « Mot équivalent », « Besoin », « Ignorer »."""

    cell_template_name = "search/admin/gap_actions.html"

    def get_cell_context_data(self, instance: SearchGap, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"may_decide": parent_context["request"].user.has_perm("search_gaps.change_searchgap")}


class GapReportView(ReportView):
    """Searches asked on three different days or more that end without result, or without anyone opening one."""

    model = SearchGap
    permission_required = "view"
    page_title = _("Recherches sans réponse")
    header_icon = "search"
    filterset_class = GapFilterSet
    index_url_name = "search_gap_report"
    index_results_url_name = "search_gap_report_results"
    results_template_name = "search/admin/gap_report_results.html"
    default_ordering = "-without_result"
    list_export = ["words", "without_result", "without_click", "with_click", "days", "last_day", "get_state_display"]
    export_headings = {"get_state_display": _("état")}
    columns = [
        Column("words", label=_("Mots cherchés"), sort_key="words"),
        NumberColumn("without_result", label=_("Sans résultat"), sort_key="without_result"),
        NumberColumn("without_click", label=_("Sans clic"), sort_key="without_click"),
        NumberColumn("with_click", label=_("Avec clic"), sort_key="with_click"),
        NumberColumn("days", label=_("Jours différents"), sort_key="days"),
        DateColumn("last_day", label=_("Dernière fois"), sort_key="last_day"),
        Column("state", label=_("État"), accessor="get_state_display"),
        ActionsColumn("actions", label=_("Que faire ?")),
    ]

    def get_queryset(self) -> QuerySet[SearchGap]:
        shown = SearchGap.objects.shown().annotate(
            opened=Cast("with_click", FloatField()) / (F("with_click") + F("without_click") + 0.001)
        )
        gaps = shown.filter(without_result__gt=0) | shown.filter(opened__lt=CLICKED_ENOUGH)
        if not self.request.GET.get("state"):
            gaps = gaps.filter(state=SearchGap.State.OPEN)
        self.queryset = gaps
        return super().get_queryset()

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)
        if isinstance(cell, str):
            cell = without_control_characters(cell)
        return without_formula(cell) if export_format == self.FORMAT_CSV else cell


@button_of("search_gap_report")
@permission_required("search_gaps.change_searchgap", raise_exception=True)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says, then lead where the editor goes on."""
    gap = get_object_or_404(SearchGap.objects.shown(), pk=pk)
    action = request.POST.get("action", "")
    if action in _STATES:
        decide_gap(gap=gap, state=_STATES[action])
        return HttpResponseRedirect(reverse("search_gap_report"))
    if action in _NEXT:
        request.session[IN_HAND] = gap.pk
        return HttpResponseRedirect(_NEXT[action](request, gap))
    return HttpResponse(status=400)


def close_gap_in_hand(request: HttpRequest) -> None:
    """Something was saved after a search was taken in hand: that one is dealt with."""
    pk = request.session.pop(IN_HAND, None)
    gap = SearchGap.objects.filter(pk=pk, state=SearchGap.State.OPEN).first() if pk else None
    if gap is not None:
        decide_gap(gap=gap, state=SearchGap.State.HANDLED)


def _new_card(request: HttpRequest, gap: SearchGap) -> str:
    """The form of a new card in the first section where this editor may write, else the list of pages."""
    for section in PracticeSectionPage.objects.live().order_by("title"):
        if section.permissions_for_user(request.user).can_add_subpage():
            return reverse("wagtailadmin_pages:add", args=["practices", "practicepage", section.pk])
    root = Page.get_first_root_node()
    return reverse("wagtailadmin_explore", args=[root.pk])


def _new_synonym(request: HttpRequest, gap: SearchGap) -> str:
    address = reverse("wagtailsnippets_findable_synonymgroup:add")
    return f"{address}?{urlencode({'wordings': gap.words})}"


def _new_need(request: HttpRequest, gap: SearchGap) -> str:
    return reverse("wagtailsnippets_findable_need:edit", args=[need_of_gap(gap).pk])


_STATES = {"ignore": SearchGap.State.IGNORED, "handled": SearchGap.State.HANDLED, "reopen": SearchGap.State.OPEN}
_NEXT = {"card": _new_card, "synonym": _new_synonym, "need": _new_need}
