"""The course of a session: start, steps, agenda items, end. Each change makes `live_version` grow."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exchange_groups.sessions.choices import ItemState, SessionState
from exchange_groups.sessions.models import AgendaItem, Session, SessionStep

from ...signals import session_noted
from .errors import CannotStart, NotRunning

REOPENED_WITHIN = datetime.timedelta(hours=12)  # a session ended by mistake goes on the same day
LONGEST = 240  # minutes that a step or an item may reach by being extended


@contextmanager
def changing(session: Session, *, running: bool = True) -> Iterator[Session]:
    """Lock the row of the session, give it, then store what is under way with a greater version, in one transaction.

    Raises NotRunning unless the session is held now (`running=False`: does not ask).
    """
    with transaction.atomic():
        current = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
        if running and current.state != SessionState.RUNNING:
            raise NotRunning
        yield current
        current.live_version += 1
        current.save(
            update_fields=[
                "state", "current_step", "step_started_at", "current_item", "item_started_at", "live_version",
                "started_at", "closed_at",
            ]
        )  # fmt: skip


def tell_of_change(session: Session) -> None:
    """Make the version grow for a change that touches nothing of what is under way (a note, a vote)."""
    Session.objects.filter(pk=session.pk).update(live_version=F("live_version") + 1)


def start_session(*, session: Session) -> None:
    """Start an open session at its first step, or go on with one that was just ended. Started already: nothing.

    Raises CannotStart.
    """
    with changing(session, running=False) as current:
        if current.state == SessionState.RUNNING:
            return
        just_ended = current.closed_at is not None and timezone.now() - current.closed_at < REOPENED_WITHIN
        if current.state != SessionState.OPEN and not (current.state == SessionState.TO_WRITE_UP and just_ended):
            raise CannotStart
        now = timezone.now()
        current.state, current.closed_at = SessionState.RUNNING, None
        if current.started_at is None:
            current.started_at = now
            current.current_step, current.step_started_at = current.steps.first(), now
        elif current.current_step is None:
            current.current_step, current.step_started_at = current.steps.last(), now


def end_session(*, session: Session) -> None:
    """End the session: what was not dealt with is postponed, what was noted becomes the draft of its minutes
    (exchange_groups/minutes/signal_handlers.py). Ended already: nothing."""
    with changing(session, running=False) as current:
        if current.state != SessionState.RUNNING:
            return
        now = timezone.now()
        current.items.filter(order__isnull=False, state__in=(ItemState.TO_DISCUSS, ItemState.RUNNING)).update(
            state=ItemState.POSTPONED
        )
        current.items.filter(state=ItemState.RUNNING).update(state=ItemState.POSTPONED)
        current.thumb_calls.filter(closed_at=None).update(closed_at=now)
        current.current_step = current.current_item = current.step_started_at = current.item_started_at = None
        current.state, current.closed_at = SessionState.TO_WRITE_UP, now
        current.save(update_fields=["state"])
        session_noted.send(Session, session=current)


def go_to_step(*, session: Session, step_id: int, from_step_id: int) -> None:
    """Go from the step that the screen showed to another one. If the session is elsewhere already (a double click, a
    second facilitator), nothing moves. Raises NotRunning."""
    with changing(session) as current:
        step = current.steps.filter(pk=step_id).first()
        if step is None or (current.current_step_id or 0) != from_step_id:
            return
        current.current_step, current.step_started_at = step, timezone.now()


def extend_step(*, session: Session, step_id: int, minutes: int, more: int) -> None:
    """Give more minutes to a step that the screen showed with `minutes`; sent twice, it counts once."""
    with changing(session) as current:
        SessionStep.objects.filter(session=current, pk=step_id, minutes=minutes).update(
            minutes=max(minutes, min(minutes + more, LONGEST))
        )


def start_item(*, session: Session, item_id: int) -> None:
    """Take an item of the agenda; the one under way goes back to those to discuss. Raises NotRunning."""
    with changing(session) as current:
        item = current.items.filter(pk=item_id).exclude(state=ItemState.RUNNING).first()
        if item is None:
            return
        current.items.filter(state=ItemState.RUNNING).update(state=ItemState.TO_DISCUSS)
        _close_thumbs(current)
        item.state = ItemState.RUNNING
        item.save(update_fields=["state"])
        current.current_item, current.item_started_at = item, timezone.now()


def settle_item(*, session: Session, item_id: int, state: ItemState) -> None:
    """Mark an item as dealt with or postponed; under way, it leaves the screen. Raises NotRunning."""
    with changing(session) as current:
        current.items.filter(pk=item_id).update(state=state)
        if current.current_item_id == item_id:
            current.current_item = current.item_started_at = None
            _close_thumbs(current)


def extend_item(*, session: Session, item_id: int, minutes: int, more: int) -> None:
    """Give more minutes to an item that the screen showed with `minutes`; sent twice, it counts once."""
    with changing(session) as current:
        AgendaItem.objects.filter(session=current, pk=item_id, minutes=minutes).update(
            minutes=max(minutes, min(minutes + more, LONGEST))
        )


def _close_thumbs(session: Session) -> None:
    session.thumb_calls.filter(closed_at=None).update(closed_at=timezone.now())
