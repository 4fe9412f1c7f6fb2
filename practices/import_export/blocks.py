"""Steps and sources as text in a cell: what a person writes by hand, and reads easily.

# Inviter la veille par SMS
Qui : CIP
Durée : 5
« Café de l’équipe demain jeudi… »
Astuce : Appelez les deux personnes qui ne lisent pas leurs SMS.
"""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import PracticePage
from .durations import read_minutes

_STEP = re.compile(r"^#\s*(.+)$")
_LINE = re.compile(r"^(qui|durée|duree|astuce)\s*:\s*(.*)$", re.IGNORECASE)
MARK = "\\"


class BlockError(ValidationError):
    """Steps or sources that cannot be read."""


def read_steps(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the value of the field. Raises BlockError when text stands before the first step, or a step is empty."""
    steps: list[dict[str, Any]] = []
    lines: dict[int, list[str]] = {}
    tips: dict[int, list[str]] = {}
    into = lines
    for line in text.splitlines():
        if title := _STEP.match(line):
            steps.append({"title": title[1].strip(), "who": "", "duration_minutes": None, "instruction": "", "tip": ""})
            into = lines
            continue
        if not steps:
            if line.strip():
                raise BlockError(_("Commencez chaque étape par « # » et son titre."))
            continue
        number = len(steps) - 1
        named = _LINE.match(line.strip())
        if named and named[1].lower() == "qui" and into is lines and not lines.get(number):
            steps[number]["who"] = named[2].strip()
        elif named and named[1].lower() in ("durée", "duree") and into is lines and not lines.get(number):
            steps[number]["duration_minutes"] = read_minutes(named[2])
        elif named and named[1].lower() == "astuce":
            into = tips
            tips.setdefault(number, []).append(named[2])
        else:
            into.setdefault(number, []).append(line.removeprefix(MARK))
    for number, step in enumerate(steps):
        step["instruction"] = "\n".join(lines.get(number, [])).strip()
        step["tip"] = "\n".join(tips.get(number, [])).strip()
    return [("step", step) for step in steps]


def write_steps(card: PracticePage) -> str:
    """Return the steps of a card as `read_steps` reads them."""
    parts = []
    for child in card.steps:
        step = child.value
        lines = [f"# {step['title']}"]
        lines += [f"Qui : {step['who']}"] if step["who"] else []
        lines += [f"Durée : {step['duration_minutes']}"] if step["duration_minutes"] is not None else []
        lines += [_marked(line) for line in step["instruction"].splitlines()]
        if step["tip"]:
            first, *rest = step["tip"].splitlines()
            lines += [f"Astuce : {first}", *(_marked(line) for line in rest)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _marked(line: str) -> str:
    """Keep a line of text from being read as a title or as a name of ours."""
    return MARK + line if _STEP.match(line) or _LINE.match(line.strip()) or line.startswith(MARK) else line


def read_sources(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the value of the field. Raises BlockError for an address or a date that is not one."""
    sources = []
    for line in text.splitlines():
        if not line.strip():
            continue
        title, url, date = (part.strip() for part in (line.split("|") + ["", ""])[:3])
        if url and not re.match(r"^https?://\S+$", url):
            raise BlockError(_("« %s » n’est pas une adresse (https://…).") % url[:60])
        sources.append(("source", {"title": title[:200], "url": url, "date": _date(date)}))
    return sources


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BlockError(_("« %s » n’est pas une date : écrivez 2026-03-31.") % text[:60]) from error


def write_sources(card: PracticePage) -> str:
    """Return the sources of a card as `read_sources` reads them."""
    rows = []
    for child in card.sources:
        source = child.value
        row = [
            source["title"].replace("|", "/"),
            source["url"] or "",
            source["date"].isoformat() if source["date"] else "",
        ]
        rows.append(" | ".join(row).rstrip(" |"))
    return "\n".join(rows)
