"""Mail leaves outside the request: the job is stored in the transaction of the change that it tells of."""

import datetime
import uuid
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kb_site.members.models import User

from . import mailings, send
from .jobs import defer
from .models import Cadence, Delivery
from .spreading import spread_event

# Several things told within this time make one mail.
BREATH = 60  # seconds
LOST = datetime.timedelta(hours=2)
TRY_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)  # for about an hour


def defer_mail(name: str, *, to: User, key: str = "", **ids: int) -> None:
    """Queue a mail of kb_site/mails.py, sent only if the transaction commits. The job holds ids, no personal data.

    A `key` already used queues nothing: the same mail is not sent twice. Raises KeyError for an unknown name.
    """
    send.composer(name)
    fields = {"mail": name, "recipient": to, "ids": ids}
    if not key:
        _queue(Delivery.objects.create(key=f"{name}:{uuid.uuid4()}", **fields))
        return
    delivery, created = Delivery.objects.get_or_create(key=key, defaults=fields)
    if created:
        _queue(delivery)


def _queue(delivery: Delivery) -> None:
    # All but the first are for whoever reads the queue.
    defer(send_mail, delivery=delivery.pk, name=delivery.mail, to=delivery.recipient_id, ids=delivery.ids)


@app.task(name="notifications.send_mail", queue="mails", retry=TRY_AGAIN)
def send_mail(delivery: int, name: str, to: int, ids: dict[str, int]) -> None:
    """Compose and hand over one mail; again when it did not leave, never twice (see send.py)."""
    send.send(delivery)


@app.task(name="notifications.spread", queue="notifications", retry=TRY_AGAIN)
def spread(**event: Any) -> None:
    """Tell people of an event (see services.notify for the fields)."""
    for person in spread_event(**event):
        defer(gather, in_seconds=BREATH, person=person, cadence=Cadence.AT_ONCE.value)


@app.task(name="notifications.gather", queue="notifications", retry=TRY_AGAIN)
def gather(person: int, cadence: str) -> None:
    """Queue one mail with all that waits for a person at a cadence."""
    if delivery := mailings.gather(person=person, cadence=Cadence(cadence)):
        _queue(delivery)


@app.periodic(cron="0 5 * * *")
@app.task(name="notifications.mails_of_the_day", queue="notifications", retry=TRY_AGAIN)
def mails_of_the_day(timestamp: int) -> None:
    """Each morning: the mails at the daily cadence; and what is too old is forgotten."""
    for person in mailings.people_with_daily_mail():
        defer(gather, person=person, cadence=Cadence.DAILY.value)
    mailings.forget_old(now=timezone.now())


@app.periodic(cron="0 5 * * 1")
@app.task(name="notifications.letters_of_the_week", queue="notifications", retry=TRY_AGAIN)
def letters_of_the_week(timestamp: int) -> None:
    """Each Monday morning: the letter, for those who did not come during the week."""
    monday = timezone.localdate(datetime.datetime.fromtimestamp(timestamp, tz=datetime.UTC))
    for person in mailings.people_of_the_week(monday=monday):
        defer(gather_letter, person=person, monday=monday.isoformat())


@app.task(name="notifications.gather_letter", queue="notifications", retry=TRY_AGAIN)
def gather_letter(person: int, monday: str) -> None:
    """Queue the letter of one person."""
    if delivery := mailings.gather_letter(person=person, monday=datetime.date.fromisoformat(monday)):
        _queue(delivery)


@app.periodic(cron="*/20 * * * *")
@app.task(name="notifications.take_up_deliveries", queue="notifications")
def take_up_deliveries(timestamp: int) -> None:
    """Queue again the mails whose job was lost, and say which mails a dead process may or may not have sent."""
    before = timezone.now() - LOST
    send.give_up_on_lost_deliveries(before=before)
    for delivery in send.forgotten_deliveries(before=before):
        _queue(delivery)
