"""Say what one thinks of a page, read it, decide on it, forget it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from wagtail.models import Page

from .models import Helped, Kind, Opinion, State
from .signals import not_found

DAYS_KEPT = 365
DAYS_WEIGHED = 90  # what is older says little of a page that was changed since
FEWEST_WORDS = 3  # readers who say so: two may be one person, and prove nothing


@dataclass(frozen=True)
class Balance:
    """What readers said of a page over DAYS_WEIGHED days; for its editors alone."""

    page: Page
    errors: int
    not_found: int
    helped: int


@transaction.atomic
def count_help(page: Page) -> None:
    """Count that a page helped, today."""
    today = timezone.localdate()
    Helped.objects.bulk_create([Helped(page=page, day=today)], ignore_conflicts=True)
    Helped.objects.filter(page=page, day=today).update(times=F("times") + 1)


@transaction.atomic
def give_opinion(*, page: Page, kind: Kind, words: str) -> Opinion:
    """Store a sentence for those who keep the page; what was not found is also heard by search.

    The same words that wait already are stored once: a form sent twice, or a reader who insists.
    """
    opinion, new = Opinion.objects.get_or_create(page=page, kind=kind, words=words, state=State.OPEN)
    if new and kind == Kind.NOT_FOUND:
        not_found.send(Opinion, sought=words)
    return opinion


@transaction.atomic
def decide_opinion(*, opinion: Opinion, answer: str, by: Any) -> None:
    """Close it: answered when a sentence is given, which every reader of the page may read; else resolved.

    Whether this person may is for the caller to check.
    """
    opinion.answer, opinion.state = answer, State.ANSWERED if answer else State.RESOLVED
    opinion.decided_by, opinion.decided_at = by, timezone.now()
    opinion.save()


def answers_on(page: Page, limit: int) -> QuerySet[Opinion]:
    """Return the latest answered opinions of a page: only their answers are for its readers."""
    return Opinion.objects.filter(page=page, state=State.ANSWERED).order_by("-decided_at")[:limit]


def pages_without_help(pages: QuerySet[Page]) -> list[Balance]:
    """Return those of these pages of which more readers complain than thank, the worst first, in three queries."""
    since = timezone.localdate() - datetime.timedelta(days=DAYS_WEIGHED)
    within = pages.order_by().values("pk")
    said = (
        Opinion.objects.filter(page__in=within, created_at__date__gte=since)
        .order_by()
        .values("page")
        .annotate(
            errors=Count("pk", filter=Q(kind=Kind.ERROR)),
            missed=Count("pk", filter=Q(kind=Kind.NOT_FOUND)),
            total=Count("pk"),
        )
        .filter(total__gte=FEWEST_WORDS)
    )
    rows = {row["page"]: row for row in said}
    thanks = Helped.objects.filter(page__in=rows, day__gte=since).order_by().values("page").annotate(times=Sum("times"))
    helped = {row["page"]: row["times"] for row in thanks}
    known = Page.objects.live().in_bulk(rows)
    found = [
        Balance(known[pk], row["errors"], row["missed"], helped.get(pk, 0)) for pk, row in rows.items() if pk in known
    ]
    worse = [one for one in found if one.errors + one.not_found > one.helped]
    return sorted(worse, key=lambda one: (one.helped - one.errors - one.not_found, one.page.title))


def forget_old_opinions(today: datetime.date) -> int:
    """Forget what is a year old; return how many rows."""
    last = today - datetime.timedelta(days=DAYS_KEPT)
    counts = Helped.objects.filter(day__lt=last).delete()[0]
    return counts + Opinion.objects.filter(created_at__date__lt=last).delete()[0]
