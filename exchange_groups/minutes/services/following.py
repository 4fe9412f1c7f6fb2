"""What follows a session: actions reminded of and done, what remains for the next one."""

import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange_groups.sessions.choices import ActionState, ItemType, SessionState
from exchange_groups.sessions.models import AgendaItem, Note, Session
from kb_site.mailing.tasks import defer_mail

from ...models.confided import repeatable_in

REMIND_BEFORE = datetime.timedelta(days=3)
BEFORE = (SessionState.DRAFT, SessionState.POLLING, SessionState.OPEN)
REVIEW = _("Où en sont nos actions ?")
MINUTES_EACH, MINUTES_MOST = 2, 10


@transaction.atomic
def remind_of_actions(*, today: datetime.date) -> int:
    """Mail the people whose action is due in three days or today; once for each date, whoever calls again.

    Returns how many actions are told of. A morning that was missed is not caught up with: the day itself still comes.
    """
    actions = Note.objects.open_actions().filter(due_on__in=(today, today + REMIND_BEFORE), doer__is_active=True)
    told = list(actions.select_related("doer").select_for_update(of=("self",), skip_locked=True))
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
    current.done_at = timezone.now() if state == ActionState.DONE else None
    current.save(update_fields=["state", "done_at"])


def open_actions_for(session: Session) -> QuerySet[Note]:
    """Return the actions of the group that are still to do, the most urgent first: what this session opens with.

    What was decided in a session less open than this one stays there.
    """
    actions = Note.objects.open_actions().filter(
        repeatable_in(session, of="session__"), session__group=session.group_id
    )
    return actions.select_related("doer", "session")


@transaction.atomic
def open_agenda_with_actions(*, session: Session) -> AgendaItem | None:
    """Put a short review of the open actions first on the agenda of a coming session; twice is harmless.

    None when there is nothing to review, or the session has begun.
    """
    current = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    count = open_actions_for(current).count()
    if current.state not in BEFORE or not count:
        return None
    title = str(REVIEW)
    if stored := current.items.filter(title=title).first():
        return stored
    current.items.filter(order__isnull=False).update(order=F("order") + 1)
    minutes = min(MINUTES_MOST, MINUTES_EACH * count)
    return AgendaItem.objects.create(
        session=current, title=title, type=ItemType.INFORMATION, order=1, minutes=minutes, bearer=current.facilitator
    )
