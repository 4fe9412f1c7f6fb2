"""People are told outside the request: events spread, and what waits is gathered into mails."""

import datetime
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from kb_site.jobs import defer
from kb_site.mailing.tasks import TRY_AGAIN, queue_delivery

from . import digests, push
from .fanout import spread_event
from .models import Cadence, PushSubscription

# Several things told within this time make one mail.
BREATH = 60  # seconds


@app.task(name="notifications.spread", queue="notifications", retry=TRY_AGAIN)
def spread(**event: Any) -> None:
    """Tell people of an event (see services.notify for the fields)."""
    for person in spread_event(**event):
        defer(gather, in_seconds=BREATH, person=person, cadence=Cadence.AT_ONCE.value)


@app.task(name="notifications.gather", queue="notifications", retry=TRY_AGAIN)
def gather(person: int, cadence: str) -> None:
    """Queue one mail with all that waits for a person at a cadence."""
    if delivery := digests.gather(person=person, cadence=Cadence(cadence)):
        queue_delivery(delivery)


@app.task(name="notifications.push", queue="notifications", retry=TRY_AGAIN)
def push_to_devices(person: int, notifications: list[int]) -> None:
    """Tell each device of a person how much there is to read."""
    for device in PushSubscription.objects.filter(user=person).values_list("pk", flat=True):
        defer(push_to_device, person=person, device=device, notifications=notifications)


@app.task(name="notifications.push_to_device", queue="notifications", retry=TRY_AGAIN)
def push_to_device(person: int, device: int, notifications: list[int]) -> None:
    """Tell one device, so that a service that is ill delays no other."""
    subscription = PushSubscription.objects.filter(pk=device, user=person).first()
    message = push.compose(person=person, notifications=notifications)
    if subscription is not None and message is not None:
        push.send(subscription, message)


@app.periodic(cron="0 5 * * *")
@app.task(name="notifications.mails_of_the_day", queue="notifications", retry=TRY_AGAIN)
def mails_of_the_day(timestamp: int) -> None:
    """Each morning: the mails at the daily cadence; and what is too old is forgotten."""
    for person in digests.people_with_daily_mail():
        defer(gather, person=person, cadence=Cadence.DAILY.value)
    digests.forget_old(now=timezone.now())


@app.periodic(cron="0 5 * * 1")
@app.task(name="notifications.letters_of_the_week", queue="notifications", retry=TRY_AGAIN)
def letters_of_the_week(timestamp: int) -> None:
    """Each Monday morning: the letter, for those who did not come during the week."""
    monday = timezone.localdate(datetime.datetime.fromtimestamp(timestamp, tz=datetime.UTC))
    for person in digests.people_of_the_week(monday=monday):
        defer(gather_letter, person=person, monday=monday.isoformat())


@app.task(name="notifications.gather_letter", queue="notifications", retry=TRY_AGAIN)
def gather_letter(person: int, monday: str) -> None:
    """Queue the letter of one person."""
    if delivery := digests.gather_letter(person=person, monday=datetime.date.fromisoformat(monday)):
        queue_delivery(delivery)
