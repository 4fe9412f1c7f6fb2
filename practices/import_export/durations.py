"""Durations as people write them in a cell."""

import re

from django.utils.translation import gettext as _

from .limits import CellError


def read_minutes(text: str) -> int | None:
    """Return a duration in minutes: « 45 », « 45 min », « 1 h 30 », « 1h30 », « 1,5 h », « 90’ »; empty, None.

    Of two (« 30-45 », « de 30 à 45 min »), the longer: it is the time to keep. Raises CellError.
    """
    said = text.strip().lower().removeprefix("de ").removeprefix("environ ").removeprefix("env. ")
    if not said:
        return None
    parts = [part.strip() for part in re.split(r"\s*(?:-|–|—|à|ou|et)\s*", said)]
    if 1 <= len(parts) <= 2 and all(parts):  # noqa: PLR2004 — one duration, or two
        # « 1-2 h »: the unit is said once.
        unit = re.search(r"\s*[a-z’']+\.?$", parts[-1])
        if unit and parts[0].isdecimal():
            parts[0] += unit[0]
        found = [_minutes_of(part) for part in parts]
        if all(one is not None for one in found):
            return max(one for one in found if one is not None)
    raise CellError(_("« %s » n’est pas une durée : écrivez 45, ou 1h30.") % text[:60])


def _minutes_of(text: str) -> int | None:
    if hours := re.fullmatch(r"(\d{1,3})\s*(?:h|heures?|:)\s*(\d{1,2})?\s*(?:min(?:utes?)?|mn|m)?\.?", text):
        return int(hours[1]) * 60 + int(hours[2] or 0)
    if parts := re.fullmatch(r"(\d{1,3})[.,](\d)\s*(?:h|heures?)", text):
        return int(parts[1]) * 60 + int(parts[2]) * 6
    if alone := re.fullmatch(r"(\d{1,4})(?:[.,]0+)?\s*(?:min(?:utes?)?|mn|m|’|')?\.?", text):
        return int(alone[1])
    return None
