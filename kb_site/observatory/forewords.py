"""The words at the head of a report: read, and changed by one coordinator at a time."""

from django.db import transaction
from django.utils import timezone

from .models import Foreword
from .periods import Period


def foreword_of(period: Period) -> Foreword:
    """Return the words of a period, empty and not stored when nobody has written any."""
    return Foreword.objects.filter(period=period.code).first() or Foreword(period=period.code, version=0)


@transaction.atomic
def write_foreword(*, period: Period, text: str, version: int) -> Foreword | None:
    """Store the words; return what stands instead when somebody changed it since this version, which is left as it is."""
    current, _made = Foreword.objects.get_or_create(period=period.code, defaults={"version": 0})
    current = Foreword.objects.select_for_update().get(pk=current.pk)
    if current.text == text:
        return None
    if current.version != version:
        return current
    current.text, current.version, current.written_at = text, version + 1, timezone.now()
    current.save()
    return None
