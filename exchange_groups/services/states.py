"""Pause, close and reopen a group."""

from django.db import transaction
from django.utils import timezone

from ..choices import GroupState
from ..models import ExchangeGroup


@transaction.atomic
def change_state(*, group: ExchangeGroup, state: GroupState | str, reason: str = "") -> None:
    """Put a group in a state, with a word to its members; its talk stays readable by them in every state."""
    current = ExchangeGroup.objects.select_for_update().get(pk=group.pk)
    if current.state != state:
        current.state_changed_at = timezone.now()
    current.state, current.state_reason = state, reason.strip()
    current.save(update_fields=["state", "state_reason", "state_changed_at"])
