"""Every night: the answers of diagnostics closed for twelve months are erased."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .services import purge_answers, to_purge


@app.periodic(cron="20 3 * * *")
@app.task(name="diagnostic.purge_old_answers", queue="purges", pass_context=False, queueing_lock="diagnostic-purge")
def purge_old_answers(timestamp: int) -> None:
    """Erase what is due; a campaign that fails does not hold back the others' next night."""
    today = timezone.localdate()
    for campaign in to_purge(today):
        purge_answers(campaign=campaign, today=today)
