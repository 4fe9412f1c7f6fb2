"""Lines as sections: what a page, an export and the editing of one point read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .choices import LineKind
from .models import Minutes, MinutesLine


@dataclass
class Section:
    """A heading (None: what comes before the first one) and the lines under it."""

    heading: MinutesLine | None
    lines: list[MinutesLine] = field(default_factory=list)

    @property
    def key(self) -> int:
        """The number under which the section is edited: 0 for what comes first."""
        return self.heading.pk if self.heading else 0


def lines_of(minutes: Minutes) -> list[MinutesLine]:
    """Return the standing lines in order, with what a page shows of them (one query)."""
    return list(minutes.lines.standing().select_related("note__doer", "item", "card"))


def sections_of(lines: Iterable[MinutesLine]) -> list[Section]:
    """Return the lines by section; the opening section is left out when it is empty."""
    sections = [Section(None)]
    for line in lines:
        if line.kind == LineKind.POINT:
            sections.append(Section(line))
        else:
            sections[-1].lines.append(line)
    return sections if sections[0].lines else sections[1:]
