"""Buttons: each sends one verb with numbers (« etape 12 14 »), and does one thing. Sent twice, it does it once."""

import re
from collections.abc import Callable
from typing import Any

from exchange_groups.sessions.choices import ItemState
from exchange_groups.sessions.models import Session
from kb_site.accounts.models import User

from .models import Thumb
from .permissions import Place
from .services import people, running, voting

WELL_FORMED = re.compile(r"[a-z-]{1,20}(?: [0-9]{1,9}){0,3}")
Action = Callable[..., Any]


def _settle(state: ItemState) -> Action:
    return lambda session, item_id: running.settle_item(session=session, item_id=item_id, state=state)


def _close_thumbs(go_on: bool) -> Action:
    return lambda session, call_id: voting.close_thumbs(session=session, call_id=call_id, go_on=go_on)


def _on_person(verb: Action) -> Action:
    return lambda session, registration_id: verb(session=session, registration_id=registration_id)


def _go(session: Session, from_id: int, to_id: int) -> None:
    running.go_to_step(session=session, step_id=to_id, from_step_id=from_id)


def _extend_step(session: Session, step_id: int, minutes: int, more: int) -> None:
    running.extend_step(session=session, step_id=step_id, minutes=minutes, more=more)


def _extend_item(session: Session, item_id: int, minutes: int, more: int) -> None:
    running.extend_item(session=session, item_id=item_id, minutes=minutes, more=more)


# verb: how many numbers it takes, what it does
RUNNING: dict[str, tuple[int, Action]] = {
    "commencer": (0, lambda session: running.start_session(session=session)),
    "etape": (2, _go),
    "etape-plus": (3, _extend_step),
    "point": (1, lambda session, item_id: running.start_item(session=session, item_id=item_id)),
    "traite": (1, _settle(ItemState.DONE)),
    "reporte": (1, _settle(ItemState.POSTPONED)),
    "point-plus": (3, _extend_item),
    "pouces": (0, lambda session: voting.call_thumbs(session=session)),
    "pouces-oui": (1, _close_thumbs(go_on=True)),
    "pouces-non": (1, _close_thumbs(go_on=False)),
    "tour": (0, lambda session: people.start_round(session=session)),
    "parle": (1, _on_person(people.has_spoken)),
    "passe": (1, _on_person(people.speak_later)),
    "parole": (1, _on_person(people.speak_now)),
    "tour-fini": (0, lambda session: people.end_round(session=session)),
}


def _vote(wanted: bool) -> Action:
    return lambda session, item_id, user: voting.vote_for_item(
        session=session, item_id=item_id, user=user, wanted=wanted
    )


def _thumb(answer: Thumb.Answer) -> Action:
    return lambda session, call_id, user: voting.answer_thumb(
        session=session, call_id=call_id, user=user, answer=answer
    )


# These ask who is voting.
VOTES: dict[str, tuple[int, Action]] = {"vote": (1, _vote(wanted=True)), "devote": (1, _vote(wanted=False))}
THUMBS: dict[str, tuple[int, Action]] = {f"pouce-{answer.value}": (1, _thumb(answer)) for answer in Thumb.Answer}
PERSONAL = {Place.RUNS: VOTES | THUMBS, Place.TALKS: VOTES | THUMBS, Place.GUEST: THUMBS}


class UnknownAction(ValueError):
    """No button of this page sends that."""


def act(asked: str, *, session: Session, user: User, place: Place) -> None:
    """Do what a button asks. Raises UnknownAction, SessionError."""
    verb, *numbers = asked.split(" ") if WELL_FORMED.fullmatch(asked) else [""]
    values = [int(number) for number in numbers]
    if place == Place.RUNS and verb in RUNNING:
        count, action = RUNNING[verb]
        given: dict[str, Any] = {}
    elif verb in PERSONAL[place]:
        count, action = PERSONAL[place][verb]
        given = {"user": user}
    else:
        raise UnknownAction
    if len(values) != count:
        raise UnknownAction
    action(session, *values, **given)
