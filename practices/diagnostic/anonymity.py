"""Nothing is shown of fewer than five answers, nor of what two figures shown would give by subtraction.

Two rules, and no other way out for the answers:
1. A campaign's answers are counted by whole releases. A release takes every answer that waits, never fewer than five,
   so that the difference between two results, early and late, always holds five answers or none.
2. What adds several campaigns adds whole releases. Any total is then a union of blocks of five or more, and so is
   whatever can be subtracted from it, whatever the filters.
Counts that are not made of releases (topics, searches) are shown by parts that add up to their total: a part under
five joins the others, and when the others are under five the smallest part joins them.
"""

from collections.abc import Mapping
from typing import TypeVar

THRESHOLD = 5

Key = TypeVar("Key")


def may_release(waiting: int) -> bool:
    """Whether the answers that wait are enough to be counted together."""
    return waiting >= THRESHOLD


def shown_parts(counts: Mapping[Key, int], threshold: int = THRESHOLD) -> tuple[dict[Key, int], int]:
    """Return the parts that may be shown, largest first, and the sum of all the others (0, or at least the threshold).

    When the whole is under the threshold, or cannot be cut without leaving a small rest, nothing is shown of the rest:
    the sum of what is returned is then 0.
    """
    present = {key: count for key, count in counts.items() if count > 0}
    if sum(present.values()) < threshold:
        return {}, 0
    shown = {key: count for key, count in present.items() if count >= threshold}
    others = sum(count for key, count in present.items() if key not in shown)
    while 0 < others < threshold:
        smallest = min(shown, key=lambda key: (shown[key], str(key)))
        others += shown.pop(smallest)
    return dict(sorted(shown.items(), key=lambda part: (-part[1], str(part[0])))), others
