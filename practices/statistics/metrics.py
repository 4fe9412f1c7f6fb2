"""What is measured of cards, month by month; each application adds its own measure in its `statistics.py`."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.comments.models import Comment

from ..models import PracticePage
from .models import DailyViews

# (page, first day of a month) → figure
Figures = dict[tuple[int, datetime.date], int]


@dataclass(frozen=True)
class Measure:
    """A column of the statistics. `count` gets page ids and a first day, and answers in one query."""

    name: str
    label: str | Promise
    count: Callable[[Collection[int], datetime.date], Figures]
    order: int


_measures: dict[str, Measure] = {}


def register_measure(measure: Measure) -> None:
    """Add a measure; the same name again replaces it."""
    _measures[measure.name] = measure


def measures() -> list[Measure]:
    """Return every measure in its order."""
    return sorted(_measures.values(), key=lambda measure: measure.order)


def _sum_of(field: str, pages: Collection[int], since: datetime.date) -> Figures:
    rows = (
        DailyViews.objects.filter(page__in=pages, day__gte=since)
        .annotate(month=TruncMonth("day"))
        .values_list("page_id", "month")
        .annotate(total=Sum(field))
        .order_by()
    )
    return {(page, month): total for page, month, total in rows}


def _comments(pages: Collection[int], since: datetime.date) -> Figures:
    rows = (
        Comment.objects.filter(
            content_type=ContentType.objects.get_for_model(PracticePage),
            object_pk__in=[str(page) for page in pages],
            submit_date__date__gte=since,
            is_public=True,
            is_removed=False,
        )
        .annotate(month=TruncMonth("submit_date"))
        .values_list("object_pk", "month")
        .annotate(total=Count("pk"))
        .order_by()
    )
    figures: Figures = defaultdict(int)
    for page, month, total in rows:
        figures[int(page), month.date()] += total
    return figures


register_measure(Measure("lectures", _("Lectures"), partial(_sum_of, "views"), 10))
register_measure(Measure("recherches", _("Recherches qui y mènent"), partial(_sum_of, "from_search"), 20))
register_measure(Measure("commentaires", _("Commentaires"), _comments, 40))
