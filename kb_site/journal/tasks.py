"""Every night: the acts older than a year go."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .services import forget_old_acts


@app.periodic(cron="40 3 * * *")
@app.task(name="journal.forget_old_acts", queue="purges", pass_context=False, queueing_lock="journal-purge")
def forget(timestamp: int) -> None:
    """Erase what is due."""
    forget_old_acts(now=timezone.now())
