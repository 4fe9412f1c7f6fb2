"""Mail leaves outside the request: the job is stored in the transaction of the change that it tells of."""

import datetime
import uuid
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kb_site.jobs import defer

from . import send
from .models import Delivery

LOST = datetime.timedelta(hours=2)
TRY_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)  # for about an hour


def defer_mail(name: str, *, to: Any, key: str = "", **ids: int) -> None:
    """Queue a mail of kb_site/mails.py, sent only if the transaction commits. The job holds ids, no personal data.

    A `key` already used queues nothing: the same mail is not sent twice. Raises KeyError for an unknown name.
    """
    send.composer(name)
    fields = {"mail": name, "recipient": to, "ids": ids}
    if not key:
        queue_delivery(Delivery.objects.create(key=f"{name}:{uuid.uuid4()}", **fields))
        return
    delivery, created = Delivery.objects.get_or_create(key=key, defaults=fields)
    if created:
        queue_delivery(delivery)


def queue_delivery(delivery: Delivery) -> None:
    """Queue the job that sends this mail, if the transaction commits."""
    # All but the first are for whoever reads the queue.
    defer(send_mail, delivery=delivery.pk, name=delivery.mail, to=delivery.recipient_id, ids=delivery.ids)


@app.task(name="notifications.send_mail", queue="mails", retry=TRY_AGAIN)
def send_mail(delivery: int, name: str, to: int, ids: dict[str, int]) -> None:
    """Compose and hand over one mail; again when it did not leave, never twice (see send.py)."""
    send.send(delivery)


@app.periodic(cron="*/20 * * * *")
@app.task(name="notifications.take_up_deliveries", queue="notifications")
def take_up_deliveries(timestamp: int) -> None:
    """Queue again the mails whose job was lost, and say which mails a dead process may or may not have sent."""
    before = timezone.now() - LOST
    send.give_up_on_lost_deliveries(before=before)
    for delivery in send.forgotten_deliveries(before=before):
        queue_delivery(delivery)
