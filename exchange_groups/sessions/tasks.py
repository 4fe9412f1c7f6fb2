"""Work outside the request: reminders of what comes."""

import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .choices import COMING
from .models import Registration
from .services.notify import remind

WEEK, EVE = datetime.timedelta(days=7), datetime.timedelta(days=1)
# A reminder of the week for a session that is less than three days away would come with that of the day before.
WEEK_AT_LEAST = datetime.timedelta(days=3)


def send_reminders(now: datetime.datetime) -> int:
    """Queue the reminders that are due, a week before and the day before; return their number. Run twice: nothing more.

    Who registered after the moment of a reminder has just been told, and waits for the next one.
    """
    sent = 0
    for name, ahead, least in (("semaine", WEEK, WEEK_AT_LEAST), ("veille", EVE, datetime.timedelta(0))):
        due = Registration.objects.registered().filter(
            session__state__in=COMING, session__starts_at__gt=now + least, session__starts_at__lte=now + ahead
        )
        for pk in due.values_list("pk", flat=True):
            sent += _remind(pk, name, now, ahead)
    return sent


@transaction.atomic
def _remind(pk: int, name: str, now: datetime.datetime, ahead: datetime.timedelta) -> bool:
    registration = Registration.objects.select_for_update().get(pk=pk)
    assert registration.session.starts_at is not None
    moment = registration.session.starts_at - ahead
    already = registration.reminded_at is not None and registration.reminded_at >= moment
    if already or registration.registered_at > moment:
        return False
    remind(registration, when=name)
    registration.reminded_at = now
    registration.save(update_fields=["reminded_at"])
    return True


@app.periodic(cron="20 * * * *", periodic_id="session_reminders")
@app.task(name="sessions.session_reminders", queue="mails", retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def session_reminders(timestamp: int) -> None:
    """Every hour: the sessions of a week ahead and of tomorrow."""
    send_reminders(timezone.now())
