"""How often a page asks: quick after a change and near an end, ever slower while nothing moves."""

from exchange_groups.live.polling import LONGEST, NEAR_END, PACE, SHORTEST
from kb_site.benchmarks.management.commands.bench_live import HOUR, questions


def test_the_pace_slows_with_the_calm_and_never_stops():
    waits = [PACE.wait(quiet) for quiet in (0, 25, 60, 300, 600, HOUR)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (SHORTEST, LONGEST)


def test_what_is_learned_late_is_late_by_a_fifth_of_the_calm():
    assert all(PACE.wait(quiet) <= max(SHORTEST, quiet / 5) + 0.001 for quiet in range(0, HOUR, 7))


def test_the_page_is_awake_around_the_planned_end():
    assert PACE.wait(HOUR, to_end=10) == NEAR_END
    assert PACE.wait(HOUR, to_end=-30) == NEAR_END
    assert PACE.wait(HOUR, to_end=50) == 30  # wakes up twenty seconds before it
    assert PACE.wait(HOUR, to_end=-300) == LONGEST


def test_an_idle_hour_fits_the_budget():
    exchange = 900  # bytes of a question and its answer, more than what is measured on the wire
    assert questions(0, HOUR) * exchange <= 85 * 1024 / 2
