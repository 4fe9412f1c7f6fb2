"""The course of a session: states, steps, items, time; what is sent twice happens once."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.live.actions import UnknownAction, act
from exchange_groups.live.permissions import Place
from exchange_groups.live.services import people, running, voting
from exchange_groups.live.services.errors import CannotStart, NotRunning
from exchange_groups.live.services.notes import capture, correct, remove
from exchange_groups.sessions.choices import ItemState, Presence, SessionState
from exchange_groups.sessions.models import AgendaItem, Registration, Session
from exchange_groups.sessions.services.errors import NoVoteLeft

pytestmark = pytest.mark.django_db


def now_of(session):
    return Session.objects.select_related("current_step", "current_item").get(pk=session.pk)


def test_a_session_starts_at_its_first_step_and_ends_with_minutes_to_write(session):
    running.start_session(session=session)
    held = now_of(session)
    assert (held.state, held.current_step.name) == (SessionState.RUNNING, "Proposer")
    assert held.started_at
    assert held.step_started_at
    running.start_item(session=session, item_id=session.items.first().pk)
    running.settle_item(session=session, item_id=session.items.first().pk, state=ItemState.DONE)
    running.end_session(session=session)
    ended = now_of(session)
    assert (ended.state, ended.current_step, ended.current_item) == (SessionState.TO_WRITE_UP, None, None)
    assert ended.closed_at
    assert [item.state for item in session.items.all()] == [ItemState.DONE, ItemState.POSTPONED]


@pytest.mark.parametrize("state", ["draft", "polling", "in_review", "closed", "cancelled"])
def test_a_session_that_is_not_open_does_not_start(session, state):
    Session.objects.filter(pk=session.pk).update(state=state)
    with pytest.raises(CannotStart):
        running.start_session(session=session)


def test_a_session_ended_by_mistake_goes_on_the_same_day_and_no_later(held):
    running.end_session(session=held)
    running.start_session(session=held)
    assert now_of(held).state == SessionState.RUNNING
    running.end_session(session=held)
    Session.objects.filter(pk=held.pk).update(closed_at=timezone.now() - datetime.timedelta(days=1))
    with pytest.raises(CannotStart):
        running.start_session(session=held)


def test_starting_or_ending_twice_changes_nothing_more(held):
    started = held.started_at
    running.start_session(session=held)
    assert now_of(held).started_at == started
    running.end_session(session=held)
    closed = now_of(held).closed_at
    running.end_session(session=held)
    assert now_of(held).closed_at == closed


def test_a_double_click_on_next_moves_one_step(held):
    first, second, third = held.steps.all()
    running.go_to_step(session=held, step_id=second.pk, from_step_id=first.pk)
    running.go_to_step(session=held, step_id=second.pk, from_step_id=first.pk)
    assert now_of(held).current_step == second
    running.go_to_step(session=held, step_id=third.pk, from_step_id=first.pk)  # a screen that was not up to date
    assert now_of(held).current_step == second


def test_minutes_are_added_once_and_never_without_end(held):
    step = held.steps.first()
    for _twice in range(2):
        running.extend_step(session=held, step_id=step.pk, minutes=5, more=5)
    step.refresh_from_db()
    assert step.minutes == 10
    running.extend_step(session=held, step_id=step.pk, minutes=10, more=999_999_999)
    step.refresh_from_db()
    assert step.minutes == running.LONGEST
    type(step).objects.filter(pk=step.pk).update(minutes=300)  # as it was planned
    running.extend_step(session=held, step_id=step.pk, minutes=300, more=5)
    step.refresh_from_db()
    assert step.minutes == 300


def test_one_item_at_a_time(held):
    first, second = held.items.all()
    running.start_item(session=held, item_id=first.pk)
    running.start_item(session=held, item_id=second.pk)
    assert now_of(held).current_item == second
    assert [item.state for item in held.items.all()] == [ItemState.TO_DISCUSS, ItemState.RUNNING]


def test_the_step_or_item_of_another_session_is_left_alone(held):
    from .conftest import make_session

    other = make_session(title="Une autre")
    running.start_item(session=held, item_id=other.items.first().pk)
    running.go_to_step(session=held, step_id=other.steps.last().pk, from_step_id=held.current_step_id)
    running.settle_item(session=held, item_id=other.items.first().pk, state=ItemState.DONE)
    assert now_of(held).current_item is None
    assert now_of(held).current_step_id == held.current_step_id
    assert other.items.first().state == ItemState.TO_DISCUSS


def test_nothing_moves_before_the_start(session):
    with pytest.raises(NotRunning):
        running.start_item(session=session, item_id=session.items.first().pk)


def test_thumbs_give_three_more_minutes_once(held, account):
    item = held.items.first()
    running.start_item(session=held, item_id=item.pk)
    voting.call_thumbs(session=held)
    voting.call_thumbs(session=held)
    call = held.thumb_calls.get()
    voting.answer_thumb(session=held, call_id=call.pk, user=account("membre"), answer="haut")
    voting.answer_thumb(session=held, call_id=call.pk, user=account("membre"), answer="bas")
    assert [thumb.answer for thumb in call.thumbs.all()] == ["bas"]
    for _twice in range(2):
        voting.close_thumbs(session=held, call_id=call.pk, go_on=True)
    item.refresh_from_db()
    assert item.minutes == 11
    voting.answer_thumb(session=held, call_id=call.pk, user=account("edition"), answer="haut")  # too late
    assert call.thumbs.count() == 1


def test_three_votes_each_and_one_an_item(held, account):
    member = account("membre")
    items = [AgendaItem.objects.create(session=held, title=f"Sujet {n}") for n in range(4)]
    for item in items[:3]:
        voting.vote_for_item(session=held, item_id=item.pk, user=member, wanted=True)
        voting.vote_for_item(session=held, item_id=item.pk, user=member, wanted=True)
    with pytest.raises(NoVoteLeft):
        voting.vote_for_item(session=held, item_id=items[3].pk, user=member, wanted=True)
    voting.vote_for_item(session=held, item_id=items[0].pk, user=member, wanted=False)
    voting.vote_for_item(session=held, item_id=items[3].pk, user=member, wanted=True)
    assert [item.votes.count() for item in items] == [0, 1, 1, 1]


def test_the_round_follows_those_who_are_there(held):
    here = list(held.registrations.all())[:2]
    people.mark_presence(session=held, registration_ids=[p.pk for p in here], presence=Presence.VISIO)
    people.start_round(session=held)
    order = lambda: list(  # noqa: E731
        Registration.objects.filter(session=held, speaking_order__isnull=False, spoken=False)
        .order_by("speaking_order")
        .values_list("pk", flat=True)
    )
    first, second = order()
    people.speak_later(session=held, registration_id=first)
    assert order() == [second, first]
    people.speak_now(session=held, registration_id=first)
    assert order() == [first, second]
    for _twice in range(2):
        people.has_spoken(session=held, registration_id=first)
    assert order() == [second]
    absent = held.registrations.exclude(pk__in=[first, second]).get()
    people.speak_now(session=held, registration_id=absent.pk)
    assert order() == [absent.pk, second]
    people.end_round(session=held)
    assert order() == []


def test_somebody_on_the_phone_is_added_once_and_a_member_is_recognised_by_name(held, account):
    for _twice in range(2):
        people.add_person(session=held, name="Une personne au téléphone", presence=Presence.TELEPHONE)
    guest = held.registrations.get(guest_name="Une personne au téléphone")
    assert (guest.user, guest.presence) == (None, Presence.TELEPHONE)
    animation = account("animation")
    added = people.add_person(session=held, name=animation.public_name.lower(), presence=Presence.PRESENT)
    assert (added.user, added.guest_name) == (animation, "")


def every_change(held, user):
    step, item = held.steps.all()[0], held.items.all()[0]
    registration = held.registrations.first()
    run = {"session": held, "user": user, "place": Place.RUNS}
    yield lambda: act(f"etape-plus {step.pk} {step.minutes} 2", **run)
    yield lambda: act(f"etape {step.pk} {held.steps.last().pk}", **run)
    yield lambda: act(f"vote {item.pk}", **run)
    yield lambda: act(f"point {item.pk}", **run)
    yield lambda: act(f"point-plus {item.pk} {item.minutes} 3", **run)
    yield lambda: act("pouces", **run)
    yield lambda: act(f"pouce-haut {held.thumb_calls.get(closed_at=None).pk}", **run)
    yield lambda: act(f"pouces-non {held.thumb_calls.get(closed_at=None).pk}", **run)
    yield lambda: act(f"traite {item.pk}", **run)
    yield lambda: act("tour", **run)
    yield lambda: act(f"parle {registration.pk}", **run)
    yield lambda: people.mark_presence(session=held, registration_ids=[registration.pk], presence=Presence.EXCUSE)
    yield lambda: voting.propose_item(session=held, user=user, title="Un de plus")
    yield lambda: running.end_session(session=held)


def test_the_version_grows_with_each_change(held, account):
    seen = now_of(held).live_version
    for change in every_change(held, account("animation")):
        change()
        assert now_of(held).live_version > seen
        seen = now_of(held).live_version


@pytest.mark.parametrize(
    "asked",
    ["", "etape", "etape 1", "etape 1 2 3", "traite -1", "traite 1 ", "traite x", "drop table", "tour 1", "traite 9999999999",
     "traite ١", "é", "a" * 1000, "pouce-haut"],
)  # fmt: skip
def test_what_no_button_sends_is_refused(held, account, asked):
    with pytest.raises(UnknownAction):
        act(asked, session=held, user=account("animation"), place=Place.RUNS)


@pytest.mark.parametrize(
    "asked", ["commencer", "tour", "traite 1", "point 1", "pouces", "etape 1 2", "etape-plus 1 1 1"]
)
@pytest.mark.parametrize("place", [Place.TALKS, Place.GUEST])
def test_a_participant_does_not_run_the_session(held, account, asked, place):
    with pytest.raises(UnknownAction):
        act(asked, session=held, user=account("membre"), place=place)


def test_what_was_noted_becomes_the_draft_of_the_minutes_with_what_comes_back_late(held, account):
    def told():
        return list(held.written_minutes.lines.standing().exclude(kind="point").values_list("text", flat=True))

    capture(session=held, author=account("karim"), text="Trois structures appellent le lundi.")
    running.end_session(session=held)
    held.refresh_from_db()
    assert told() == ["Trois structures appellent le lundi."]
    late = capture(session=held, author=account("membre"), text="Écrit sans réseau.")
    assert "Écrit sans réseau." in told()
    correct(note=late, by=account("membre"), text="Écrit sans réseau, puis relu.", version=1)
    assert "Écrit sans réseau, puis relu." in told()
    remove(note=late)
    assert told() == ["Trois structures appellent le lundi."]
