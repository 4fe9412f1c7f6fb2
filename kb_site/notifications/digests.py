"""Gathers what waits to be mailed: one mail a person, whatever the number of notifications."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kb_site.accounts.models import User
from kb_site.jobs import defer
from kb_site.mailing.models import Delivery

from .models import HELD_FOR, LETTER, Cadence, CadenceChoice, HeldReply, Notification, PushChoice
from .push import wants_push

MAIL_OF = {Cadence.AT_ONCE: "notifications_at_once", Cadence.DAILY: "notifications_of_the_day"}
KEPT = datetime.timedelta(days=180)


@transaction.atomic
def gather(*, person: int, cadence: Cadence) -> Delivery | None:
    """Put what waits for a person at this cadence into one mail to send, and tell their phone if they chose so; None when
    nothing waits, or when the phone is told instead. Twice is harmless."""
    waiting = Notification.objects.filter(recipient=person, cadence=cadence, delivery=None, read_at=None)
    ids = list(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not ids:
        return None
    if chosen := wants_push(person=person, cadence=cadence):
        defer("notifications.push", person=person, notifications=ids)
        if chosen.way == PushChoice.Way.INSTEAD:
            Notification.objects.filter(pk__in=ids).update(cadence=Cadence.NEVER)
            return None
    delivery = Delivery.objects.create(
        key=f"{cadence}:{person}:{ids[-1]}", mail=MAIL_OF[cadence], recipient_id=person, ids={}
    )
    return _fill(delivery, ids)


@transaction.atomic
def gather_letter(*, person: int, monday: datetime.date) -> Delivery | None:
    """Prepare the letter of a person who did not come during the week before this Monday; None when it exists.

    What waited at the weekly cadence goes with it, and with it only: who came has seen it on the site.
    """
    waiting = Notification.objects.filter(recipient=person, cadence=Cadence.WEEKLY, delivery=None)
    ids = list(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not letter_readers(monday=monday).filter(pk=person).exists():
        Notification.objects.filter(pk__in=ids).update(cadence=Cadence.NEVER)
        return None
    delivery, created = Delivery.objects.get_or_create(
        key=f"weekly:{person}:{monday.isoformat()}", defaults={"mail": "weekly_letter", "recipient_id": person}
    )
    return _fill(delivery, ids) if created else None


def _fill(delivery: Delivery, notifications: list[int]) -> Delivery:
    delivery.ids = {"delivery": delivery.pk}
    delivery.save(update_fields=["ids"])
    Notification.objects.filter(pk__in=notifications).update(delivery=delivery)
    return delivery


def people_with_daily_mail() -> Iterator[int]:
    """Yield who has something to receive at the daily cadence."""
    waiting = Notification.objects.filter(cadence=Cadence.DAILY, delivery=None, read_at=None)
    yield from waiting.order_by("recipient").values_list("recipient", flat=True).distinct().iterator()


def letter_readers(*, monday: datetime.date) -> QuerySet[User]:
    """Return the approved accounts that did not come in the seven days before this Monday and did not stop the letter."""
    stopped = CadenceChoice.objects.filter(user=OuterRef("pk"), kind=LETTER, cadence=Cadence.NEVER)
    away = Q(last_seen_on=None) | Q(last_seen_on__lt=monday - datetime.timedelta(days=7))
    people: QuerySet[User] = User.objects.filter(away, is_active=True)
    return people.filter(Q(status=User.Status.APPROVED) | Q(is_superuser=True)).exclude(Exists(stopped))


def people_of_the_week(*, monday: datetime.date) -> Iterator[int]:
    """Yield who may receive the letter, and who has weekly notifications to let go of."""
    waiting = Notification.objects.filter(cadence=Cadence.WEEKLY, delivery=None).values("recipient")
    people = User.objects.filter(Q(pk__in=letter_readers(monday=monday)) | Q(pk__in=waiting))
    yield from people.order_by("pk").values_list("pk", flat=True).iterator()


def forget_old(*, now: datetime.datetime) -> None:
    """Forget notifications and deliveries after six months, replies that were held once their author can no longer agree."""
    Notification.objects.filter(created_at__lt=now - KEPT).delete()
    Delivery.objects.filter(created_at__lt=now - KEPT).exclude(state=Delivery.State.READY).delete()
    HeldReply.objects.filter(held_at__lt=now - HELD_FOR).delete()
