"""What is told of a count: a band of five counts at least, whatever else is told beside it, before or after."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb_site.disclosure import FEWEST_PEOPLE, LEFT_OUT, THRESHOLD, batch, exactly, rounded_down, told

totals = st.integers(FEWEST_PEOPLE, 80)
fives = st.integers(2, 16).map(lambda number: number * THRESHOLD)


def possible(one, other, most):
    """Every difference that somebody may work out from two bands, the second count being the larger."""
    return {
        after - before
        for before in range(one.low, one.high + 1)
        for after in range(other.low, other.high + 1)
        if 0 <= after - before <= most
    }


@given(totals, st.data())
def test_a_band_holds_the_count_and_four_others_at_least(total, data):
    count = data.draw(st.integers(0, total))
    band = told(count, total)
    assert band.low <= count <= band.high
    assert band.high - band.low >= THRESHOLD - 1
    assert band.low % THRESHOLD == 0


@given(totals, st.data())
def test_the_rest_of_the_whole_is_known_no_better_than_the_count(total, data):
    band = told(data.draw(st.integers(0, total)), total)
    rest = range(total - band.high, total - band.low + 1)
    assert len(rest) >= THRESHOLD


@given(st.integers(0, FEWEST_PEOPLE - 1), st.data())
def test_nothing_is_told_of_fewer_than_ten_people(total, data):
    one, other = (told(data.draw(st.integers(0, total)), total) for _time in range(2))
    assert one == other
    assert one.is_untold


@given(totals, st.data())
def test_a_figure_taken_from_one_that_contains_it_isolates_nobody(total, data):
    larger = data.draw(st.integers(0, total))
    smaller = data.draw(st.integers(0, larger))
    assert len(possible(told(smaller, total), told(larger, total), total)) >= THRESHOLD


@given(fives, st.integers(1, 6), st.data())
def test_a_figure_and_the_same_one_later_isolate_nobody_of_those_who_came_between(total, steps, data):
    came = steps * THRESHOLD
    before = data.draw(st.integers(0, total))
    met = data.draw(st.integers(0, came))
    assert len(possible(told(before, total), told(before + met, total + came), came)) >= THRESHOLD


@given(st.integers(0, 40), st.integers(0, 40))
def test_people_are_counted_by_whole_fives_once_enough_wait(already, waiting):
    taken = batch(already, waiting)
    assert taken == 0 or THRESHOLD <= taken <= waiting
    assert taken == 0 or (already + taken) % THRESHOLD == 0
    assert waiting - taken >= LEFT_OUT or not waiting
    if already % THRESHOLD == 0:
        assert waiting - taken <= THRESHOLD


@given(st.integers(0, 40), st.data())
def test_a_count_told_exactly_is_nobody_somebody_or_everybody(total, data):
    count = data.draw(st.integers(0, total))
    assume(total)
    as_it_is = exactly(count, total)
    assert as_it_is.is_few == (count == 0)
    assert as_it_is.is_most == (count == total)


@given(st.integers(0, 500))
def test_a_count_by_fives_never_tells_of_one_to_four_people(count):
    shown = rounded_down(count)
    assert shown % THRESHOLD == 0
    assert 0 <= count - shown < THRESHOLD


@pytest.mark.parametrize(
    ("count", "total", "band"),
    [(4, 10, (0, 4)), (5, 10, (5, 10)), (9, 20, (5, 9)), (14, 20, (10, 14)), (20, 20, (15, 20)), (13, 13, (5, 13))],
)
def test_bands_said_with_examples(count, total, band):
    found = told(count, total)
    assert (found.low, found.high) == band
