"""Periods of the observatory: calendar quarters and years. They are fixed so that no two overlap by a few days."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

QUARTERS, YEARS = 6, 2
MONTHS_PER_QUARTER = 3
FIRST_YEAR = 2020


@dataclass(frozen=True)
class Period:
    """A quarter or a year: `code` in addresses (« 2026-T4 », « 2026 »), first day, day after the last."""

    code: str
    label: str
    start: datetime.date
    end: datetime.date

    @property
    def short_label(self) -> str:
        """« T4 2026 », « 2026 »."""
        return " ".join(reversed(self.code.split("-")))

    @property
    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        """The same bounds as moments of Paris."""
        zone = timezone.get_current_timezone()
        first, last = (datetime.datetime.combine(day, datetime.time(), zone) for day in (self.start, self.end))
        return first, last


def quarter(year: int, number: int) -> Period:
    """Return a quarter, numbered 1 to 4."""
    start = datetime.date(year, MONTHS_PER_QUARTER * (number - 1) + 1, 1)
    end = datetime.date(year + (number == 4), MONTHS_PER_QUARTER * (number % 4) + 1, 1)  # noqa: PLR2004
    label = _("%(number)dᵉ trimestre %(year)d") if number > 1 else _("%(number)dᵉʳ trimestre %(year)d")
    return Period(f"{year}-T{number}", label % {"number": number, "year": year}, start, end)


def year(number: int) -> Period:
    """Return a whole year."""
    return Period(str(number), _("année %d") % number, datetime.date(number, 1, 1), datetime.date(number + 1, 1, 1))


def before(period: Period) -> Period:
    """Return the period of the same length just before."""
    if "-T" not in period.code:
        return year(period.start.year - 1)
    day = period.start - datetime.timedelta(days=1)
    return quarter(day.year, (day.month - 1) // MONTHS_PER_QUARTER + 1)


def last_quarters(today: datetime.date) -> list[Period]:
    """Return the last six quarters, the current one first."""
    current = quarter(today.year, (today.month - 1) // MONTHS_PER_QUARTER + 1)
    quarters = [current]
    while len(quarters) < QUARTERS:
        quarters.append(before(quarters[-1]))
    return quarters


def offered(today: datetime.date) -> list[Period]:
    """Return the periods to choose from: this year and the one before, then the last six quarters."""
    return [*(year(today.year - back) for back in range(YEARS)), *last_quarters(today)]


def read_period(code: str, today: datetime.date) -> Period:
    """Return the period of a code; this year when it is unknown: links get cut in messages."""
    found = re.fullmatch(r"(20\d\d)(?:-T([1-4]))?", code, re.ASCII)
    if found is None or not FIRST_YEAR <= int(found[1]) <= today.year:
        return year(today.year)
    return quarter(int(found[1]), int(found[2])) if found[2] else year(int(found[1]))
