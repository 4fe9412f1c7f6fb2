"""The weekly round of reminders."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .services import send_reminders


@app.periodic(cron="0 6 * * 1", periodic_id="review_reminders")
@app.task(name="upkeep.remind_owners", queue="mails", queueing_lock="review_reminders", pass_context=False)
def remind_owners(timestamp: int) -> None:
    """Every Monday morning: owners and backup owners learn what is due, one mail a person."""
    send_reminders(today=timezone.localdate())
