"""Periods of the observatory: whole quarters that follow one another, one, a year, or any number of them.

They begin and end with quarters so that no two overlap by a few days: what two of them say differs by quarters that are
told anyway.
"""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from kb_site.french.dates import french_date

QUARTERS, YEARS = 6, 2
MONTHS_PER_QUARTER = 3
QUARTERS_MOST = 12  # three years in one report
FIRST_YEAR = 2020


@dataclass(frozen=True)
class Period:
    """Whole quarters: `code` in addresses (« 2026-T4 », « 2026 », « 2025-T3-2026-T2 »), first day, day after the last."""

    code: str
    label: str
    start: datetime.date
    end: datetime.date

    @property
    def short_label(self) -> str:
        """« T4 2026 », « 2026 », « T3 2025 à T2 2026 »."""
        parts = self.code.split("-")
        said = [" ".join(reversed(parts[at : at + 2])) for at in range(0, len(parts), 2)]
        return _(" à ").join(said)

    @property
    def quarters(self) -> list["Period"]:
        """The quarters that it is made of, in their order."""
        found = [_quarter_of(self.start)]
        while found[-1].end < self.end:
            found.append(_quarter_of(found[-1].end))
        return found

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


def _quarter_of(day: datetime.date) -> Period:
    return quarter(day.year, (day.month - 1) // MONTHS_PER_QUARTER + 1)


def span(first: Period, last: Period) -> Period:
    """Return the quarters from one to another, both included: a quarter, a year, or what has no name of its own."""
    if first == last:
        return first
    if first.start.month == 1 and last.end == first.start.replace(year=first.start.year + 1):
        return year(first.start.year)
    day = last.end - datetime.timedelta(days=1)
    label = _("du %(first)s au %(last)s") % {
        "first": french_date(first.start, "j F Y"),
        "last": french_date(day, "j F Y"),
    }
    return Period(f"{first.code}-{last.code}", label, first.start, last.end)


def before(period: Period) -> Period:
    """Return the period of the same length just before."""
    last = first = _quarter_of(period.start - datetime.timedelta(days=1))
    for _one in period.quarters[1:]:
        first = _quarter_of(first.start - datetime.timedelta(days=1))
    return span(first, last)


def last_quarters(today: datetime.date, number: int = QUARTERS) -> list[Period]:
    """Return the last quarters, the current one first."""
    quarters = [_quarter_of(today)]
    while len(quarters) < number:
        quarters.append(before(quarters[-1]))
    return quarters


def offered(today: datetime.date) -> list[Period]:
    """Return the periods to choose from: this year and the one before, then the last six quarters."""
    return [*(year(today.year - back) for back in range(YEARS)), *last_quarters(today)]


def read_period(code: str, today: datetime.date) -> Period:
    """Return the period of a code; this year when it is unknown: links get cut in messages."""
    found = re.fullmatch(r"(20\d\d)(?:-T([1-4]))?(?:-(20\d\d)-T([1-4]))?", code, re.ASCII)
    if found is None or not FIRST_YEAR <= int(found[1]) <= today.year:
        return year(today.year)
    if not found[2]:
        return year(int(found[1]))
    first = quarter(int(found[1]), int(found[2]))
    if not found[3]:
        return first
    last = quarter(int(found[3]), int(found[4]))
    months = (last.end.year - first.start.year) * 12 + last.end.month - first.start.month
    whole = 0 < months <= QUARTERS_MOST * MONTHS_PER_QUARTER and last.start.year <= today.year
    return span(first, last) if whole else year(today.year)
