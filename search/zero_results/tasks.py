"""Counts of searches are forgotten in time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .services import forget_old_gaps


@app.periodic(cron="20 3 * * *")
@app.task(name="search_gaps.forget_search_gaps", queueing_lock="search_gaps_purge", pass_context=False)
def forget_search_gaps(timestamp: int) -> None:
    """Each night: forget what is too rare to be shown, and what is a year old."""
    forget_old_gaps(timezone.localdate())
