"""What the two pages of a held session show, read in a fixed number of queries."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window
from django.utils import timezone

from exchange_groups.sessions.choices import THERE, ItemState, RegistrationState, SessionState
from exchange_groups.sessions.models import AGENDA_ORDER, VOTES_EACH, AgendaItem, ItemVote, Note, Registration, Session
from kb_site.accounts.models import User

from .models import Thumb, ThumbCall
from .permissions import Place
from .tokens import pulse_address

LAST_NOTES = 5
ITEMS_SHOWN = 12
NEXT_SPEAKERS = 4


@dataclass(frozen=True)
class Clock:
    """A planned time that runs from `started_at`."""

    started_at: datetime.datetime
    minutes: int

    @property
    def ends_at(self) -> datetime.datetime:
        return self.started_at + datetime.timedelta(minutes=self.minutes)

    @property
    def ends_ms(self) -> int:
        return int(self.ends_at.timestamp() * 1000)

    @property
    def left(self) -> int:
        """Whole minutes that are left when the page is made; negative when the time is over."""
        return round((self.ends_at - timezone.now()).total_seconds() / 60)


def _clock(started_at: datetime.datetime | None, minutes: int | None) -> Clock | None:
    return Clock(started_at, minutes) if started_at and minutes else None


def under_way(session: Session) -> dict[str, Any]:
    """What everyone who follows may see: the step with its neighbours, the item, their clocks."""
    steps = list(session.steps.all())
    step = next((one for one in steps if one.pk == session.current_step_id), None)
    at = steps.index(step) if step else -1
    item = session.current_item
    return {
        "session": session,
        "running": session.state == SessionState.RUNNING,
        "coming": session.state == SessionState.OPEN,
        "over": session.state not in (SessionState.OPEN, SessionState.RUNNING),
        "steps": steps,
        "step": step,
        "step_number": at + 1,
        "step_before": steps[at - 1] if at > 0 else None,
        "step_after": steps[at + 1] if 0 <= at < len(steps) - 1 else None,
        "step_clock": _clock(session.step_started_at, step.minutes if step else None),
        "item": item,
        "item_clock": _clock(session.item_started_at, item.minutes if item else None),
        "pulse": pulse_address(session.pk),
    }


def agenda_of(session: Session, user: User) -> dict[str, Any]:
    """The items: still to discuss (with votes, and whether this person's is among them), then those done."""
    own = ItemVote.objects.filter(item=OuterRef("pk"), user=user)
    items = list(session.items.annotate(given=Count("votes"), voted=Exists(own)).order_by(*AGENDA_ORDER))
    waiting = [item for item in items if item.state in (ItemState.TO_DISCUSS, ItemState.POSTPONED)]
    waiting = [item for item in waiting if item.state == ItemState.TO_DISCUSS] + [
        item for item in waiting if item.state == ItemState.POSTPONED
    ]
    return {
        "items": waiting[:ITEMS_SHOWN],
        "more_items": len(waiting[ITEMS_SHOWN:]),
        "items_done": [item for item in items if item.state == ItemState.DONE],
        "votes_left": VOTES_EACH - sum(item.voted for item in items),
        "votes_each": VOTES_EACH,
    }


def thumbs_of(session: Session, user: User) -> dict[str, Any]:
    """The open call, its counts by answer, this person's own answer."""
    by_answer = {answer.value: Count("thumbs", filter=Q(thumbs__answer=answer)) for answer in Thumb.Answer}
    own = Thumb.objects.filter(call=OuterRef("pk"), user=user).values("answer")
    calls = ThumbCall.objects.filter(session=session, closed_at=None).annotate(**by_answer, own=Subquery(own))
    call = calls.first()
    answers = [
        {"code": answer.value, "label": answer.label, "count": getattr(call, answer.value, 0)}
        for answer in Thumb.Answer
    ]
    return {"thumb_call": call, "thumb_answers": answers, "own_thumb": call.own if call else ""}


def notes_of(session: Session, user: User, place: Place) -> dict[str, Any]:
    """The latest notes: those of all, or one's own for a guest of the group; and how many there are."""
    notes = list(
        readable_notes(session, user, place)
        .annotate(total=Window(Count("pk")))
        .order_by("-written_at", "-pk")[:LAST_NOTES]
    )
    return {"notes": notes, "note_count": notes[0].total if notes else 0}


def readable_notes(session: Session, user: User, place: Place) -> Any:
    """The notes that this person may read."""
    notes = Note.objects.filter(session=session).standing().select_related("author", "doer", "item", "corrects")
    return notes.filter(author=user) if place == Place.GUEST else notes


def people_of(session: Session) -> dict[str, Any]:
    """The registered and the guests: who is there, who speaks."""
    people = list(session.registrations.select_related("user").exclude(state=RegistrationState.WAITING))
    there = [person for person in people if person.presence in THERE]
    unticked = [p for p in people if not p.presence and p.state == RegistrationState.REGISTERED]
    return {"people": people, "there": there, "unticked": unticked, **_round(people)}


def round_of(session: Session) -> dict[str, Any]:
    """The speaking round alone, for the pages of participants."""
    return _round(list(session.registrations.filter(speaking_order__isnull=False).select_related("user")))


def _round(people: list[Registration]) -> dict[str, Any]:
    ordered = sorted((p for p in people if p.speaking_order is not None), key=lambda p: p.speaking_order or 0)
    waiting = [person for person in ordered if not person.spoken]
    return {
        "round_on": bool(ordered),
        "speaker": waiting[0] if waiting else None,
        "next_speakers": waiting[1 : NEXT_SPEAKERS + 1],
        "more_speakers": len(waiting[NEXT_SPEAKERS + 1 :]),
        "spoken_count": len(ordered) - len(waiting),
        "round_count": len(ordered),
    }


def running_screen(session: Session, user: User) -> dict[str, Any]:
    """The facilitator's screen."""
    return {
        **under_way(session),
        **agenda_of(session, user),
        **thumbs_of(session, user),
        **notes_of(session, user, Place.RUNS),
        **people_of(session),
        "place": Place.RUNS,
    }


def following_screen(session: Session, user: User, place: Place) -> dict[str, Any]:
    """A participant's page; a guest of the group sees what is under way and their own notes."""
    context = {
        **under_way(session),
        **notes_of(session, user, place),
        **round_of(session),
        **thumbs_of(session, user),
        "place": place,
    }
    return context if place == Place.GUEST else context | agenda_of(session, user)


def open_items(session: Session) -> Any:
    """What the end of the session would postpone."""
    kept = Q(order__isnull=False, state=ItemState.TO_DISCUSS) | Q(state=ItemState.RUNNING)
    return AgendaItem.objects.filter(kept, session=session)
