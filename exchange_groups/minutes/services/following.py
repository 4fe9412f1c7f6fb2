"""What follows a session: actions reminded of and done, what remains for the next one."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kb_site.notifications.tasks import defer_mail

from ...models import ExchangeGroup
from ...sessions.models import AgendaItem, Note
from ...sessions.vocabularies import HELD, ActionState, ItemState

REMIND_BEFORE = datetime.timedelta(days=3)


@transaction.atomic
def remind_of_actions(*, today: datetime.date) -> int:
    """Mail the people whose action is due in three days or today; once for each date, whoever calls again.

    Returns how many actions are told of. A morning that was missed is not caught up with: the day itself still comes.
    """
    due = Note.objects.open_actions().filter(due_on__in=(today, today + REMIND_BEFORE), doer__is_active=True)
    told = list(due.select_related("doer").select_for_update(of=("self",), skip_locked=True))
    for note in told:
        assert note.doer is not None and note.due_on is not None  # noqa: S101, PT018 (both are filtered above)
        moment = "jour" if note.due_on == today else "avant"
        defer_mail(
            "action_due", to=note.doer, key=f"action:{note.pk}:{note.due_on}:{moment}:{note.doer_id}", note=note.pk
        )
        Note.objects.filter(pk=note.pk).update(reminded_at=timezone.now())
    return len(told)


@transaction.atomic
def settle_action(*, note: Note, state: str) -> None:
    """Mark an action as done, given up, or to do again. Twice is harmless."""
    current = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if current.state == state:
        return
    current.state = state
    current.done_at = timezone.now() if state == ActionState.FAIT else None
    current.save(update_fields=["state", "done_at"])


@dataclass(frozen=True)
class Remaining:
    """What the next session of a group may open with."""

    actions: list[Note]
    postponed: list[AgendaItem]


def what_remains(group: ExchangeGroup) -> Remaining:
    """Return the open actions of a group, the most urgent first, and the items put off that no later agenda took up."""
    actions = Note.objects.open_actions().filter(session__group=group).select_related("doer", "session")
    taken_up = AgendaItem.objects.filter(postponed_from__isnull=False).values("postponed_from")
    postponed = AgendaItem.objects.filter(session__group=group, session__state__in=HELD, state=ItemState.REPORTE)
    return Remaining(list(actions), list(postponed.exclude(pk__in=taken_up).order_by("session__starts_at", "order")))
