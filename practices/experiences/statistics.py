"""Experiences in the statistics of cards."""

import datetime
from collections.abc import Collection

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from practices.statistics.metrics import Figures, Measure, register_measure

from .models import Experience


def _experiences(pages: Collection[int], since: datetime.date) -> Figures:
    rows = (
        Experience.objects.filter(practice__in=pages, created_at__date__gte=since, removed=False)
        .annotate(month=TruncMonth("created_at"))
        .values_list("practice_id", "month")
        .annotate(total=Count("pk"))
        .order_by()
    )
    return {(page, month.date()): total for page, month, total in rows}


register_measure(Measure("retours", _("Retours d’expérience"), _experiences, 30))
