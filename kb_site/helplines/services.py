"""Which numbers a text calls for; and the starter content of a new site."""

import functools
import json
import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .models import DangerSituation, Helpline, SituationLine
from .wording_reader import Vocabulary, find, vocabulary

MOST_SHOWN = 2  # situations at once: a box is read in a moment of stress
REVIEWED_EVERY = timedelta(days=182)

# One row whatever the number of situations: who searches pays one short query.
_READ = """
SELECT COALESCE(json_agg(json_build_object(
    'name', s.name, 'advice', s.advice, 'wordings', s.wordings, 'harmless', s.harmless,
    'lines', (SELECT json_agg(json_build_object('number', h.number, 'name', h.name, 'hours', h.hours, 'note', h.note,
                                                'source_url', h.source_url) ORDER BY l.sort_order, l.id)
              FROM helplines_situationline l JOIN helplines_helpline h ON h.id = l.helpline_id
              WHERE l.situation_id = s.id)) ORDER BY s."order", s.name), '[]')::text
FROM helplines_dangersituation s
"""


@dataclass(frozen=True)
class Line:
    """One number, with what tells whether to call it now."""

    number: str
    name: str
    hours: str
    note: str
    source_url: str

    @property
    def dialled(self) -> str:
        return "".join(self.number.split())


@dataclass(frozen=True)
class Help:
    """What is shown of one danger."""

    situation: str
    advice: str
    lines: tuple[Line, ...]


def helplines_for(text: str, rules: str | None = None) -> list[Help]:
    """Return what to show beside a text that tells of a danger, the most urgent first, each number once.

    Nothing is kept of the text. One query, then some milliseconds a thousand characters. A page with several texts
    reads the rules once (`rules_as_written`) and gives them.
    """
    if not text.strip():
        return []
    helps, sought = _known(rules_as_written() if rules is None else rules)
    found = [helps[number] for number in find(text, sought)[:MOST_SHOWN]]
    return [
        replace(help_, lines=tuple(line for line in help_.lines if line not in _lines_of(found[:place])))
        for place, help_ in enumerate(found)
    ]


def _lines_of(helps: list[Help]) -> set[Line]:
    return {line for help_ in helps for line in help_.lines}


def rules_as_written() -> str:
    """Return what editors wrote, in one row."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return str(cursor.fetchone()[0])


@functools.lru_cache(maxsize=2)
def _known(written: str) -> tuple[list[Help], Vocabulary]:
    """Return what editors wrote, ready to be found: worked out again only when they change it."""
    rows: list[dict[str, Any]] = json.loads(written)
    helps = [Help(row["name"], row["advice"], tuple(Line(**line) for line in row["lines"] or ())) for row in rows]
    lines = [row["wordings"].splitlines() for row in rows]
    harmless = [line for row in rows for line in row["harmless"].splitlines()]
    return helps, vocabulary(lines, harmless)


@transaction.atomic
def ensure_helplines() -> int:
    """Give a new site the national numbers and their situations; what editors keep is never touched.

    Returns the number of situations that were added.
    """
    if DangerSituation.objects.exists():
        return 0
    table = tomllib.loads((settings.BASE_DIR / "fixtures" / "helplines.toml").read_text("utf-8"))
    numbers = {
        row["number"]: Helpline.objects.get_or_create(number=row["number"], defaults=row)[0]
        for row in table["helplines"]
    }
    for order, row in enumerate(table["situations"], 1):
        shown = row.pop("numbers")
        review_on = timezone.localdate() + REVIEWED_EVERY
        situation = DangerSituation.objects.create(order=10 * order, review_on=review_on, **row)
        SituationLine.objects.bulk_create(
            SituationLine(situation=situation, helpline=numbers[number], sort_order=place)
            for place, number in enumerate(shown)
        )
    return len(table["situations"])
