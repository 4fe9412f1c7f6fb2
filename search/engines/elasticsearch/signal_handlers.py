"""What changes among the entries waits for Elasticsearch from the transaction of the change on."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from ...signals import entries_changed
from .outbox import record


@receiver(entries_changed)
def note_changes(keys: Iterable[str], hides: bool, **kwargs: Any) -> None:
    record(keys, hides=hides)
