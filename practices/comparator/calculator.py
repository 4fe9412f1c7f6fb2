"""How much data a meeting costs each person, and what part of a plan it takes."""

from dataclasses import dataclass
from enum import StrEnum

from ..models.tools import DataRange

PLANS_GB = (1, 5, 20)
MB_PER_GB = 1000


class Use(StrEnum):
    """What people do during the hour."""

    CALL = "appel"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True)
class Share:
    """What part of a monthly plan is used, in percent (0 to above 100)."""

    plan_gb: int
    low: int
    high: int

    @property
    def drawn(self) -> int:
        """The length of a bar, 0 to 100."""
        return min(self.high, 100)


@dataclass(frozen=True)
class Estimate:
    """Megabytes by person and for everyone, and the share of each plan."""

    per_person: DataRange
    for_all: DataRange
    shares: tuple[Share, ...]


def estimate(*, per_hour: DataRange, hours: float, people: int) -> Estimate:
    """Return the estimate of a meeting, or of a month of meetings. `per_hour`: megabytes an hour and participant."""
    low, high = round(per_hour.low * hours), round(per_hour.high * hours)
    shares = tuple(
        Share(plan, round(100 * low / (plan * MB_PER_GB)), round(100 * high / (plan * MB_PER_GB))) for plan in PLANS_GB
    )
    return Estimate(DataRange(low, high), DataRange(low * people, high * people), shares)


def widest(ranges: list[DataRange]) -> DataRange | None:
    """Return the range that holds all these: what to expect when the tool is not chosen yet."""
    if not ranges:
        return None
    return DataRange(min(one.low for one in ranges), max(one.high for one in ranges))
