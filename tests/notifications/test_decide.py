"""Who is told of an event, whoever comes before them in the list."""

from kb_site.notifications.decide import Candidate, Decision, decide
from kb_site.notifications.models import Cadence

READER = Candidate(person=2, may_read=True, follow=7)
TOLD = [Decision(2, Cadence.DAILY, 7)]


def told(*candidates):
    return decide(candidates, default=Cadence.DAILY)


def test_those_who_come_after_the_actor_are_told():
    assert told(Candidate(person=1, may_read=True, is_actor=True), READER) == TOLD


def test_those_who_come_after_somebody_who_may_not_read_are_told():
    assert told(Candidate(person=1, may_read=False), READER) == TOLD


def test_those_who_come_after_somebody_already_told_are_told():
    twice = Candidate(person=1, may_read=True)
    assert told(twice, twice, READER) == [Decision(1, Cadence.DAILY), *TOLD]


def test_a_person_twice_in_the_list_is_told_once_for_the_first_reason():
    again = Candidate(person=2, may_read=True, follow=8, cadence_of_item=Cadence.WEEKLY)
    assert told(READER, again) == TOLD


def test_the_cadence_of_the_thing_goes_before_that_of_its_kind_which_goes_before_the_default():
    both = {"cadence_of_item": Cadence.WEEKLY, "cadence_of_kind": Cadence.AT_ONCE}
    assert told(Candidate(person=1, may_read=True, **both))[0].cadence == Cadence.WEEKLY
    assert told(Candidate(person=1, may_read=True, cadence_of_kind=Cadence.AT_ONCE))[0].cadence == Cadence.AT_ONCE
