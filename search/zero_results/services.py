"""Count how searches end, and decide what becomes of a search without answer."""

import datetime
import enum
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from kb_site.accounts.principals import PUBLIC

from ..models import Need, NeedCard
from .anonymization import digest
from .models import SearchChoice, SearchGap

DAYS_BEFORE_WORDS = 3  # the words are kept, and shown to editors, from the third day on which they were asked
DAYS_RARE_KEPT = 90  # digests that never reached it
DAYS_KEPT = 365
PROPOSED = 3  # pages, for a need


class Outcome(enum.Enum):
    """How a search ended."""

    WITHOUT_RESULT = "without_result"
    WITHOUT_CLICK = "without_click"
    WITH_CLICK = "with_click"


def count_search(*, counted: str, outcome: Outcome) -> None:
    """Count one search by its countable words (see anonymization.py). One statement, safe under concurrency."""
    params: dict[str, Any] = {
        "digest": digest(counted),
        "words": counted,
        "today": timezone.localdate(),
        "enough": DAYS_BEFORE_WORDS,
        "open": SearchGap.State.OPEN,
        "no_result": int(outcome is Outcome.WITHOUT_RESULT),
        "no_click": int(outcome is Outcome.WITHOUT_CLICK),
        "click": int(outcome is Outcome.WITH_CLICK),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO search_gaps_searchgap AS gap
                (digest, words, without_result, without_click, with_click, days, last_day, state)
            VALUES (%(digest)s, '', %(no_result)s, %(no_click)s, %(click)s, 1, %(today)s, %(open)s)
            ON CONFLICT (digest) DO UPDATE SET
                without_result = gap.without_result + excluded.without_result,
                without_click = gap.without_click + excluded.without_click,
                with_click = gap.with_click + excluded.with_click,
                days = gap.days + (gap.last_day <> %(today)s)::int,
                last_day = %(today)s,
                words = CASE WHEN gap.words <> '' THEN gap.words
                             WHEN gap.days + (gap.last_day <> %(today)s)::int >= %(enough)s THEN %(words)s
                             ELSE '' END""",
            params,
        )


def count_choice(*, counted: str, path: str) -> None:
    """Count that the page of this path was opened from a search of these words; a path of no page counts for nothing.

    One statement, safe under concurrency. Only what everyone may read: a count must not tell of what is closed.
    """
    params: dict[str, Any] = {
        "digest": digest(counted), "path": path, "today": timezone.localdate(), "public": [PUBLIC]
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO search_gaps_searchchoice AS choice (digest, entry_key, times, days, last_day)
            SELECT %(digest)s, key, 1, 1, %(today)s FROM findable_searchentry
            WHERE url = %(path)s AND key LIKE 'page:%%' AND principals && %(public)s::varchar[] LIMIT 1
            ON CONFLICT (digest, entry_key) DO UPDATE SET
                times = choice.times + 1,
                days = choice.days + (choice.last_day <> %(today)s)::int,
                last_day = %(today)s""",
            params,
        )


@transaction.atomic
def need_of_gap(gap: SearchGap) -> Need:
    """Return the need that a search tells of, with the pages that people open for it on several days: for an editor to
    complete. The same words again give the same need.
    """
    need, new = Need.objects.get_or_create(name=gap.words, defaults={"wordings": gap.words})
    if new:
        choices = SearchChoice.objects.filter(digest=gap.digest, days__gte=DAYS_BEFORE_WORDS)
        ids = [int(choice.entry_key.removeprefix("page:")) for choice in choices.order_by("-times", "pk")[:PROPOSED]]
        known = Page.objects.live().in_bulk(ids)
        pages = [known[pk] for pk in ids if pk in known]
        NeedCard.objects.bulk_create(
            NeedCard(need=need, page=page, sort_order=place) for place, page in enumerate(pages)
        )
    return need


def decide_gap(*, gap: SearchGap, state: SearchGap.State | str) -> None:
    """Record what an editor makes of a search without answer."""
    gap.state = SearchGap.State(state)
    gap.save(update_fields=["state"])


def forget_old_gaps(today: datetime.date) -> int:
    """Forget digests that stayed rare for 90 days and words not asked for a year; return how many rows."""
    rare = SearchGap.objects.filter(words="", last_day__lt=today - datetime.timedelta(days=DAYS_RARE_KEPT))
    old = SearchGap.objects.filter(last_day__lt=today - datetime.timedelta(days=DAYS_KEPT))
    SearchChoice.objects.filter(last_day__lt=today - datetime.timedelta(days=DAYS_RARE_KEPT)).delete()
    return (rare | old).delete()[0]
