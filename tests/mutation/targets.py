"""What a mutation run breaks, and the tests that should notice: rules where a slip is silent (`make mutation`)."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """Functions of a module (qualified names, or the classes that hold them; none: all), and tests to run on each mutant.

    A test that never enters a function is not run on its mutants: wide folders cost their first run only.
    """

    module: str
    tests: tuple[str, ...]
    only: tuple[str, ...] = ()


VERDICTS = ("tests/practices/test_verdict_lines.py", "tests/practices/test_feasibility.py")
TARGETS = {
    "decide": Target("kb_site/notifications/decide.py", ("tests/notifications/test_decide.py",)),
    "send": Target(
        "kb_site/mailing/send.py",
        ("tests/mails/test_deliveries.py", "tests/mails/test_at_most_once.py", "tests/notifications/test_mails.py"),
    ),
    "verdicts": Target("practices/feasibility/verdicts.py", VERDICTS),
    "ways": Target("practices/feasibility/ways.py", VERDICTS),
    "pages": Target(
        "practices/models/visibility.py",
        ("tests/practices/test_readers.py", "tests/test_given_addresses.py"),
    ),
    "groups": Target(
        "exchange_groups/models/groups.py",
        ("tests/exchange_groups/test_rights.py",),
        ("ExchangeGroupQuerySet",),
    ),
    "memberships": Target(
        "exchange_groups/models/memberships.py",
        ("tests/exchange_groups/test_rights.py",),
        ("MembershipQuerySet", "InvitationQuerySet"),
    ),
    "topics": Target(
        "exchange_groups/models/topics.py",
        ("tests/exchange_groups/test_rights.py", "tests/exchange_groups/test_topics.py"),
        ("TopicQuerySet",),
    ),
    "sessions": Target(
        "exchange_groups/sessions/models/sessions.py",
        ("tests/sessions/test_query_sets.py",),
        ("SessionQuerySet",),
    ),
    "minutes": Target(
        "exchange_groups/minutes/models.py",
        ("tests/minutes/test_query_set.py",),
        ("MinutesQuerySet",),
    ),
    "search": Target(
        "search/services.py",
        (
            "tests/search/test_second_check.py",
            "tests/search/test_search_run.py",
            "tests/search/test_editor_rules.py",
            "tests/search/test_listings.py",
            "tests/search/test_corrections.py",
        ),
    ),
}


def tests_of(names: Iterable[str]) -> list[str]:
    """Return the tests of these targets, each once."""
    return [*dict.fromkeys(test for name in names for test in TARGETS[name].tests)]


if __name__ == "__main__":  # without a name: the names of the targets
    print(*(tests_of(sys.argv[1:]) or TARGETS))
