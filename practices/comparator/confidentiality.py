"""How well a tool protects people, from 0 to 4, by a rule that the page shows: one point for each question."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..choices import EndToEnd, GdprAdvice, Hosting
from ..models import ToolPage
from ..models.tools import DataRange

MOST = 4
_HALF = 0.5
ADVICE = {GdprAdvice.RECOMMANDE: 1.0, GdprAdvice.SOUS_CONDITIONS: _HALF}
ENCRYPTION = {EndToEnd.OUI: 1.0, EndToEnd.OPTION: _HALF}
HOSTING = {Hosting.FRANCE: 1.0, Hosting.UE: 1.0, Hosting.AU_CHOIX: 1.0}
RULE = (
    _("l’avis RGPD est favorable (un demi-point s’il pose des conditions)"),
    _("l’échange est chiffré de bout en bout (un demi-point si c’est une option)"),
    _("les données restent en France ou dans l’Union européenne, ou chez l’hébergeur de votre choix"),
    _("les autres participants ne voient pas le numéro"),
)


def confidentiality(tool: ToolPage) -> float:
    """Return the points of a tool, 0 to 4 by halves. What is unknown gives nothing."""
    return (
        ADVICE.get(GdprAdvice(tool.gdpr_advice), 0.0)
        + ENCRYPTION.get(EndToEnd(tool.end_to_end), 0.0)
        + HOSTING.get(Hosting(tool.hosting), 0.0)
        + (0.0 if tool.number_visible else 1.0)
    )


def heaviest(tool: ToolPage) -> DataRange | None:
    """Return the data of an hour as the tool is mostly used: video when measured, else audio."""
    return tool.video_data or tool.audio_data


@dataclass(frozen=True)
class Point:
    """One tool on the plot, in units of the drawing (x grows with data, y falls as confidentiality grows)."""

    tool: Any
    number: int
    data: DataRange
    points: float
    x: int
    y: int


HEIGHT, LEFT, TOP, RIGHT = 300, 40, 20, 385
SPACING = 26
# Megabytes an hour → place on the axis: steps of a phone plan rather than a straight line, for 9 MB and 2.4 GB to show.
TICKS = ((0, _("0")), (10, _("10 Mo")), (100, _("100 Mo")), (1000, _("1 Go")), (3000, _("3 Go")))


def x_of(megabytes: float) -> int:
    """Return the place of an amount of data on the axis: straight between two ticks."""
    step = (RIGHT - LEFT) / (len(TICKS) - 1)
    for place, ((low, _low), (high, _high)) in enumerate(zip(TICKS, TICKS[1:], strict=False)):
        if megabytes <= high:
            return round(LEFT + step * (place + (megabytes - low) / (high - low)))
    return RIGHT


def y_of(points: float) -> int:
    """Return the place of a number of points on the axis."""
    return round(TOP + (HEIGHT - 2 * TOP) * (1 - points / MOST))


def plot(tools: Iterable[ToolPage]) -> list[Point]:
    """Return the measured tools on the plot, by name. Two at the same place are set side by side."""
    placed: dict[tuple[int, int], int] = {}
    points: list[Point] = []
    for tool in tools:
        data = heaviest(tool)
        if data is None:
            continue
        x, y = x_of((data.low + data.high) / 2), y_of(confidentiality(tool))
        while any(abs(x - other) < SPACING and abs(y - height) < SPACING for other, height in placed):
            x = x + SPACING if x + SPACING <= RIGHT else x - SPACING * 3
        placed[(x, y)] = 1
        points.append(Point(tool, len(points) + 1, data, confidentiality(tool), x, y))
    return points
