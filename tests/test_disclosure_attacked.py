"""An attacker reads all that is told, knows four people's answers, chooses filters and dates: nobody else's is worked out.

The attacker's reasoning is done in full: every world that agrees with what was told is looked at, and a fifth person's answer
stays open in it.
"""

import datetime
from collections import Counter
from itertools import combinations, pairwise, product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kb_site.disclosure import (
    THRESHOLD,
    Said,
    batch,
    is_crowd,
    of_structures,
    parts_told,
    people_told,
    published,
    told,
    within,
)
from practices.diagnostic.feasibility import Diagnosed, Rule
from practices.diagnostic.questions import UNKNOWN

KNOWN = 4
many = settings(max_examples=400)

# A diagnostic: one figure, told at each release


def releases_of(arrivals, draw):
    """Release the answers that wait after each arrival; return what is told: (how many were taken, the band), None for none.

    Which of those who wait are taken is drawn; the attacker does not see it.
    """
    waiting, counted, seen = [], [], []
    for arriving in arrivals:
        waiting += arriving
        taken = batch(len(counted), len(waiting))
        if taken:
            waiting = draw(st.permutations(waiting))
            counted, waiting = counted + waiting[:taken], waiting[taken:]
        seen.append((taken, told(sum(counted), len(counted))) if taken else None)
    return seen


def agrees(arrivals, seen):
    """Whether a world agrees with what was told. A person is 0 or 1 as the attacker knows them, None for any."""
    states = {((0, 0, 0), 0)}  # who waits: how many answer no, yes, anything; how many counted answer yes
    for arriving, release in zip(arrivals, seen, strict=True):
        kinds = Counter(arriving)
        come = (kinds[0], kinds[1], kinds[None])
        states = {(tuple(a + b for a, b in zip(waiting, come, strict=True)), yes) for waiting, yes in states}
        if release is None:
            continue
        taken, band = release
        after = set()
        for waiting, yes in states:
            for out in product(*(range(number + 1) for number in waiting)):
                if sum(waiting) - sum(out) != taken:
                    continue
                _no, sure, free = (number - left for number, left in zip(waiting, out, strict=True))
                after |= {
                    (out, yes + sure + more) for more in range(free + 1) if band.low <= yes + sure + more <= band.high
                }
        states = after
    return bool(states)


@many
@given(st.lists(st.lists(st.integers(0, 1), min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_who_knows_four_people_works_out_no_other_answer_whatever_the_releases(arrivals, data):
    places = [(one, other) for one, arriving in enumerate(arrivals) for other in range(len(arriving))]
    assume(KNOWN < len(places) <= 26)
    known = set(data.draw(st.permutations(places))[:KNOWN])
    seen = releases_of(arrivals, data.draw)

    def world(victim, answer):
        return [
            [answer if (i, j) == victim else bit if (i, j) in known else None for j, bit in enumerate(arriving)]
            for i, arriving in enumerate(arrivals)
        ]

    for arrival in range(len(arrivals)):  # those unknown of one arrival are alike
        victim = next((place for place in places if place[0] == arrival and place not in known), None)
        if victim is not None:
            assert all(agrees(world(victim, answer), seen) for answer in (0, 1))


@pytest.mark.parametrize("answers", [[1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 0, 0]])
@pytest.mark.parametrize("others", range(1, 14))
@pytest.mark.parametrize("other", [0, 1])
def test_four_who_agree_with_one_another_do_not_isolate_the_others(answers, others, other):
    """The worst cases: all that is told sits at the edge of a band."""
    arrival = [*answers, *[other] * others]
    taken = batch(0, len(arrival))
    seen = [(taken, told(sum(arrival[:taken]), taken))] if taken else [None]
    for answer in (0, 1):
        assert agrees([[*answers, answer, *[None] * (others - 1)]], seen)


def test_without_the_one_left_out_the_attacker_reads_a_fifth_answer():
    """The attacker of these tests is strong enough: had everybody been counted, edges of bands would have told."""
    everyone = [(10, told(4, 10))]  # four known to say yes, and no more: the six others say no
    assert [answer for answer in (0, 1) if agrees([[1, 1, 1, 1, answer, *[None] * 5]], everyone)] == [0]
    later = [(15, told(9, 15)), (5, told(10, 20))]  # four of five newcomers known to say no, and the band rises
    assert [answer for answer in (0, 1) if agrees([[None] * 15, [0, 0, 0, 0, answer]], later)] == [1]


# A diagnostic: figures that are told together

PHONE, QUIET = Rule("smartphone", "phone", "gte", 2), Rule("calme", "quiet_place", "gte", 1)
SHARED = Rule("seul", "shared_device", "lte", 0)
KINDS = [
    {"phone": phone, "quiet_place": quiet, "shared_device": shared}
    for phone in (1, 2)
    for quiet in (0, 1)
    for shared in (0, UNKNOWN)
]


def all_that_is_told(kinds):
    """Everything that the pages of a diagnostic say of people who answered so, in any order."""
    everyone = Diagnosed(kinds)
    counts = [everyone.count(rule) for rule in (PHONE, QUIET, SHARED)]
    cards = [everyone.verdict(rules) for rules in ((PHONE,), (PHONE, QUIET), (PHONE, SHARED), (PHONE, QUIET, SHARED))]
    return counts, cards


@settings(max_examples=25)
@given(
    known=st.lists(st.sampled_from(range(8)), min_size=KNOWN, max_size=KNOWN),
    others=st.lists(st.sampled_from(range(8)), min_size=7, max_size=7),
    attacked=st.sampled_from(["phone", "quiet_place", "shared_device"]),
)
@example(known=[0] * 4, others=[7] * 7, attacked="phone")
@example(known=[7] * 4, others=[0] * 7, attacked="quiet_place")
@example(known=[6] * 4, others=[6] * 6 + [0], attacked="shared_device")
def test_figures_told_together_do_not_isolate_a_fifth_person_either(known, others, attacked):
    """Eleven people, ten counted: conditions and cards share people, and every one of them is told."""
    group = [*known, *others]
    seen = all_that_is_told([KINDS[kind] for kind in group[:10]])
    open_answers = {value for kind in KINDS for value in [kind[attacked]]}
    # One person changed, or one more left out, is enough to say what nobody can refute; look near first, then at random.
    found = set()
    for out in range(len(group)):
        for victim_kind in range(8):
            for moved in range(-1, 6):
                world = [*known, victim_kind, *others[1:]]
                if moved >= 0:
                    world[KNOWN + 1 + moved] = others[0]
                counted = [KINDS[kind] for place, kind in enumerate(world) if place != out]
                if all_that_is_told(counted) == seen:
                    found.add(KINDS[victim_kind][attacked])
            if found == open_answers:
                return
    assert found == open_answers


@given(st.integers(10, 60).map(lambda n: n - n % 5), st.data())
def test_a_count_and_what_follows_from_it_never_say_more_together(total, data):
    """« la remplissent », « ne la remplissent pas », « ne savent pas »: none of the three isolates fewer than five."""
    known = data.draw(st.integers(0, total))
    met = data.draw(st.integers(0, known))
    kinds = [{"phone": 2}] * met + [{"phone": 1}] * (known - met) + [{"phone": UNKNOWN}] * (total - known)
    count = Diagnosed(kinds).count(PHONE)
    worlds = (
        [
            (m, k - m, total - k)
            for k in range(total + 1)
            for m in range(k + 1)
            if Diagnosed([{"phone": 2}] * m + [{"phone": 1}] * (k - m) + [{"phone": UNKNOWN}] * (total - k)).count(
                PHONE
            )
            == count
        ]
        if total <= 20
        else [
            (m, k - m, total - k)
            for k in range(count.known.low, count.known.high + 1)
            for m in range(count.met.low, min(k, count.met.high) + 1)
        ]
    )
    for quantity in zip(*worlds, strict=True):
        assert len(set(quantity)) >= THRESHOLD


# The observatory: an open crowd, filters and dates

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@st.composite
def sayings(draw):
    """Up to eighty sayings of thirty people of eight structures, in four cells and two parts of a cut."""
    people = [(f"p{number}", f"s{draw(st.integers(0, 7))}") for number in range(draw(st.integers(1, 30)))]
    rows = draw(st.lists(st.tuples(st.sampled_from(people), st.sampled_from("abcd")), max_size=80))
    return [Said(cell, *person, START + datetime.timedelta(hours=hour)) for hour, (person, cell) in enumerate(rows)]


def until(said, moment):
    return [one for one in said if one.at < START + datetime.timedelta(hours=moment)]


def of_part(said, part):
    return [one for one in said if int(one.structure[1:]) % 2 == part]


@many
@given(sayings())
def test_no_cell_of_fewer_than_five_people_or_structures_nor_its_rest(said):
    whole = people_told(said)
    for cell, shown in published(said).items():
        own = [one for one in said if one.cell == cell]
        assert shown >= THRESHOLD
        assert len({one.person for one in own}) >= shown
        assert is_crowd(one.structure for one in own)
        assert not whole or whole - shown >= THRESHOLD


@many
@given(sayings(), st.integers(2, 5))
def test_who_says_a_thing_ten_times_weighs_as_one_person(said, times):
    again = [Said(one.cell, one.person, one.structure, one.at) for one in said for _time in range(times)]
    assert published(again) == published(said)
    assert people_told(again) == people_told(said)


@many
@given(sayings())
def test_what_is_shown_moves_once_for_five_newcomers_at_most(said):
    seen = [published(until(said, moment)) for moment in range(81)]
    moves = sum(one != other for one, other in pairwise(seen))
    assert moves <= len({one.person for one in said}) // THRESHOLD


@many
@given(sayings(), st.sampled_from("abcd"))
def test_four_who_write_together_make_no_cell_appear(said, cell):
    """Four accounts, as many words as they like, in a theme of which nobody else spoke."""
    alone = [one for one in said if one.cell != cell]
    together = [
        Said(cell, f"x{number}", f"t{number}", START + datetime.timedelta(hours=hour, minutes=number))
        for number in range(KNOWN)
        for hour in range(0, 80, 9)
    ]
    assert cell not in published([*alone, *together])


@many
@given(sayings())
def test_a_part_of_a_cut_and_the_whole_leave_five_people_in_the_rest(said):
    whole = published(said)
    for part in (0, 1):
        for cell, shown in within(published(of_part(said, part)), whole).items():
            rest = whole[cell] + THRESHOLD - 1 - shown  # what the rest may be at most
            assert rest >= THRESHOLD
            assert shown >= THRESHOLD


@many
@given(sayings())
def test_figures_of_structures_count_each_once(said):
    for cell, shown in published(of_structures(said)).items():
        assert len({one.structure for one in said if one.cell == cell}) >= shown


structures = st.dictionaries(st.integers(0, 40), st.integers(1, 12).map(lambda n: n * THRESHOLD), max_size=9)


@many
@given(st.dictionaries(st.sampled_from("ABCDEF"), structures, max_size=6))
def test_what_is_hidden_of_a_cut_is_not_worked_out_from_the_whole(parts):
    parts = {part: {f"{part}{key}": number for key, number in of.items()} for part, of in parts.items()}
    shown = parts_told(parts)
    for part in shown:
        assert is_crowd(parts[part])
    hidden = [structure for part, of in parts.items() if part not in shown for structure in of]
    assert not hidden or is_crowd(hidden) or not shown


@many
@given(st.dictionaries(st.sampled_from("ABCDEF"), structures, max_size=6))
def test_no_sum_nor_difference_of_parts_and_whole_tells_of_fewer_than_five(parts):
    shown = parts_told(parts)
    figures = [sum(number for of in parts.values() for number in of.values()), *shown.values()]
    for size in (1, 2, 3):
        for some in combinations(figures, size):
            assert sum(some) % THRESHOLD == 0
