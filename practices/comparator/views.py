"""The comparator of tools and the calculator of data: open to all, nothing stored."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kb_site.facts.citations import ratio
from kb_site.facts.models import Fact
from kb_site.http import form_status

from ..models import ToolPage
from ..models.tools import DataRange
from . import confidentiality
from .calculator import Estimate, Use, estimate, widest
from .forms import MOST_TOOLS, CalculatorForm, CompareForm

SHOWN_FIRST = ("telephone", "whatsapp", "zoom")


def _tools(request: HttpRequest) -> Any:
    return ToolPage.objects.visible_to(request.user).select_related("audio_fact", "video_fact").order_by("title")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four tools side by side, chosen by hand, by criteria, or both."""
    everything = list(_tools(request))
    form = CompareForm(request.GET or None, tools=everything)
    valid = form.is_valid()
    chosen = form.cleaned_data["outil"] if valid else []
    criteria = form.criteria if valid else []
    matching = list(form.matching(_tools(request))) if criteria else everything
    if chosen:
        compared = [tool for tool in matching if tool.slug in chosen]
    else:
        compared = matching[:MOST_TOOLS] if criteria else [tool for tool in everything if tool.slug in SHOWN_FIRST]
    context = {
        "form": form,
        "asked": bool(chosen or criteria),
        "left_out": [tool for tool in matching if tool not in compared] if criteria else [],
        "refused": [tool for tool in everything if tool.slug in chosen and tool not in compared],
        "tools": compared,
        "rows": _rows(compared),
    }
    status = form_status(form)
    return render(request, "practices/comparator/compare.html", context, status=status)


@require_safe
def data_and_confidentiality(request: HttpRequest) -> HttpResponse:
    """Every measured tool, data against confidentiality: they conflict, the page shows both."""
    tools = list(_tools(request))
    context = {
        "points": confidentiality.plot(tools),
        "unmeasured": [tool for tool in tools if confidentiality.heaviest(tool) is None],
        "ticks": [(confidentiality.x_of(value), label) for value, label in confidentiality.TICKS],
        "levels": [(confidentiality.y_of(level), level) for level in range(confidentiality.MOST + 1)],
        "rule": confidentiality.RULE,
    }
    return render(request, "practices/comparator/confidentiality.html", context)


def _rows(tools: list[ToolPage]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return the lines of the table: a heading, then for each tool what it answers and what explains it."""
    yes_or_no = {True: _("oui"), False: _("non")}

    def line(
        heading: Any, say: Any, note: Any = lambda tool: "", kind: str = "words"
    ) -> tuple[Any, list[dict[str, Any]]]:
        return heading, [{"tool": tool, "value": say(tool), "note": note(tool), "kind": kind} for tool in tools]

    return [
        line(_("Gratuit"), ToolPage.get_free_display, lambda tool: tool.free_limit),  # type: ignore[attr-defined]
        line(_("Smartphone"), ToolPage.get_smartphone_display, lambda tool: tool.minimum_version),  # type: ignore[attr-defined]
        line(_("Compte à créer"), ToolPage.get_participant_account_display),  # type: ignore[attr-defined]
        line(_("Venir par téléphone"), lambda tool: yes_or_no[tool.phone_in]),
        line(_("Audio, par heure"), lambda tool: tool.audio_data, kind="data"),
        line(_("Vidéo, par heure"), lambda tool: tool.video_data, kind="data"),
        line(
            _("Mesuré le"),
            lambda tool: tool.main_measure and tool.main_measure.stated_on,
            lambda tool: tool.main_measure.source_title if tool.main_measure else _("Rien de publié"),
            kind="date",
        ),
        line(_("Données hébergées"), ToolPage.get_hosting_display),  # type: ignore[attr-defined]
        line(_("Chiffré de bout en bout"), ToolPage.get_end_to_end_display),  # type: ignore[attr-defined]
        line(_("Numéro vu des autres"), lambda tool: yes_or_no[tool.number_visible]),
        line(_("Avis RGPD"), ToolPage.get_gdpr_advice_display),  # type: ignore[attr-defined]
    ]


@require_safe
def calculate(request: HttpRequest) -> HttpResponse:
    """People × hours × mode → megabytes a person and share of a plan."""
    tools = list(_tools(request))
    asked = CalculatorForm(request.GET or None, tools=tools)
    if asked.is_bound and not asked.is_valid():
        context: dict[str, Any] = {"form": asked}
        return render(request, "practices/comparator/calculate.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    values: dict[str, Any] = (
        asked.cleaned_data if asked.is_bound else {"personnes": 8, "heures": 2, "mode": Use.VIDEO.value, "outil": ""}
    )
    tool = next((one for one in tools if one.slug == values["outil"]), None)
    per_hour = _per_hour(values["mode"], tool, tools)
    result: Estimate | None = None
    if per_hour is not None:
        result = estimate(per_hour=per_hour, hours=float(values["heures"]), people=values["personnes"])
    context = {
        "form": asked,
        "tool": tool,
        "values": values,
        "per_hour": per_hour,
        "result": result,
        "measure": tool and _fact_of(values["mode"], tool),
        "without_image": _without_image(tool) if values["mode"] == Use.VIDEO else "",
        "measures": [(one, one.audio_data, one.video_data) for one in tools if one.audio_data or one.video_data],
    }
    return render(request, "practices/comparator/calculate.html", context)


def _fact_of(mode: str, tool: ToolPage) -> Fact | None:
    return tool.video_fact if mode == Use.VIDEO else tool.audio_fact


def _without_image(tool: ToolPage | None) -> str:
    """Return how many times less an hour takes without the image; nothing where either was not measured."""
    if tool is None or tool.video_fact is None or tool.audio_fact is None:
        return ""
    return ratio(tool.video_fact, tool.audio_fact)


def _per_hour(mode: str, tool: ToolPage | None, tools: list[ToolPage]) -> DataRange | None:
    """Return the data of an hour: of the tool, or the widest range of all when none is chosen; None: not measured."""
    if mode == Use.CALL:
        return DataRange(0, 0)

    def of(one: ToolPage) -> DataRange | None:
        return one.video_data if mode == Use.VIDEO else one.audio_data

    if tool is not None:
        return of(tool)
    measured = [data for data in map(of, tools) if data and data.high]
    return widest(measured)
