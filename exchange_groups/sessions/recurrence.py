"""When the next session would be: the date of the last one, moved by the rhythm of the group."""

import datetime
import re

from django.utils import timezone

WEEK = datetime.timedelta(days=7)
# What groups write in « Rythme », the most precise first; a number of weeks, or None for a month.
_RHYTHMS: list[tuple[str, int | None]] = [
    (r"six semaines", 6),
    (r"cinq semaines", 5),
    (r"quatre semaines", 4),
    (r"trois semaines", 3),
    (r"deux semaines|quinzaine|quinze jours", 2),
    (r"deux (?:séances|fois) par mois", 2),
    (r"trimestre", 13),
    (r"par mois|mensuel|chaque mois|tous les mois", None),
    (r"semaine|hebdo", 1),
]
DEFAULT_WEEKS = 4


def next_start(last: datetime.datetime, rhythm: str, *, now: datetime.datetime | None = None) -> datetime.datetime:
    """Return the next start after `last` that is still to come, at the same hour in Paris and on the same weekday.

    « Une séance par mois » keeps the rank in the month (the first Thursday stays the first Thursday); a rhythm that
    says nothing known counts four weeks.
    """
    now = now or timezone.now()
    local = timezone.localtime(last)
    found = [weeks for words, weeks in _RHYTHMS if re.search(words, rhythm.lower())]
    weeks = found[0] if found else DEFAULT_WEEKS
    day = local.date()
    while True:
        day = _same_rank_next_month(day) if weeks is None else day + weeks * WEEK
        start = timezone.make_aware(datetime.datetime.combine(day, local.time()))
        if start > now:
            return start


def _same_rank_next_month(day: datetime.date) -> datetime.date:
    rank = (day.day - 1) // 7  # the fifth one becomes the last one
    first = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    first += datetime.timedelta(days=(day.weekday() - first.weekday()) % 7)
    there = first + rank * WEEK
    return there if there.month == first.month else there - WEEK
