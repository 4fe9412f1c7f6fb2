"""Dates as French says them: « 1er décembre », « mercredi 2 décembre à 14 h », « le 3 janvier 2027 à 9 h 05 ».

The patterns are Django's. Those that a machine reads (« c », « Y-m-d », an hour alone) are left as they are.
"""

import datetime
import re

from django.utils import formats

DAY_AND_MONTH = re.compile(r"(?<!\\)\bj (?=[FMN])")
DAY_THEN_HOUR = re.compile(r"(?<=[FYMN]),? (?:à )?H:i")
NO_BREAK = "\N{NO-BREAK SPACE}"


def french_date(value: datetime.date, pattern: str | None = None) -> str:
    """Return a date or a moment in the words of a pattern (« j F Y » by default).

    A moment must be local already. The first of a month is « 1er »; an hour after a day is « à 14 h » or « à 14 h 30 ».
    """
    words = pattern or "j F Y"
    if value.day == 1:
        words = DAY_AND_MONTH.sub(r"j\\e\\r ", words)
    if isinstance(value, datetime.datetime):
        minutes = f"{NO_BREAK}i" if value.minute else ""
        words = DAY_THEN_HOUR.sub(rf" à{NO_BREAK}G{NO_BREAK}\\h{minutes}", words)
    return formats.date_format(value, words)
