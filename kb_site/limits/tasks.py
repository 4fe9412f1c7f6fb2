"""Every night: the counts whose time is past go."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .models import Count


@app.periodic(cron="50 3 * * *")
@app.task(name="limits.forget_counts", queue="purges", pass_context=False, queueing_lock="limits-purge")
def forget_counts(timestamp: int) -> None:
    """Erase what counts no more."""
    Count.objects.filter(until__lte=timezone.now()).delete()
