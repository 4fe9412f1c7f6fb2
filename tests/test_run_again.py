"""CI runs a browser test again, never anything else."""

from tests.run_again import MOST, may_run_again

WINDOW = "tests/browser/test_home.py::test_it_opens"


def test_a_few_browser_tests_are_run_again():
    assert may_run_again([WINDOW])
    assert may_run_again([WINDOW] * MOST)


def test_nothing_else_is():
    assert not may_run_again([])
    assert not may_run_again([WINDOW] * (MOST + 1))
    assert not may_run_again([WINDOW, "tests/test_permissions.py::test_it_is_refused"])
    assert not may_run_again(["tests/browser/test_home.py"])  # it did not even load
