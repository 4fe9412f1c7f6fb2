"""Charts of figures, drawn by the template as inline SVG: each stands beside the table that says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

WIDTH = 320  # of the longest bar, in the units of the drawing
BAR, GAP, LABEL = 10, 10, 14  # heights: of a bar, between two pairs, of the words above a pair


@dataclass(frozen=True)
class Pair:
    """Two bars under the words that they are about: `y` of the words, then the bars with their widths and figures."""

    label: str
    y: int
    first_y: int
    first: int
    first_said: int
    second_y: int
    second: int
    second_said: int


@dataclass(frozen=True)
class Chart:
    """Pairs of bars one under the other; `names`: what the first and the second of each pair are."""

    names: tuple[str, str]
    pairs: Sequence[Pair]
    height: int


def compared_bars(figures: Sequence[tuple[str, int, int]], names: Sequence[str] = ()) -> Chart | None:
    """Return the chart of figures that go two by two; `names` by default: this period and the one before.

    None when there is nothing to compare. A figure that is not told is 0 and draws no bar.
    """
    most = max((max(first, second) for _label, first, second in figures), default=0)
    if not most:
        return None
    step = LABEL + 2 * BAR + GAP
    pairs = [
        Pair(
            label,
            at * step + LABEL - 4,
            at * step + LABEL,
            round(WIDTH * first / most),
            first,
            at * step + LABEL + BAR,
            round(WIDTH * second / most),
            second,
        )
        for at, (label, first, second) in enumerate(figures)
    ]
    said = tuple(names) or (_("cette période"), _("période d’avant"))
    return Chart((said[0], said[1]), pairs, len(pairs) * step)
