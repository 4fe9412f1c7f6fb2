"""Nothing is shown of fewer than five answers, nor of what two figures shown would give by subtraction.

Two rules, and no other way out for the answers:
1. A campaign's answers are counted by whole releases. A release takes every answer that waits, never fewer than five,
   so that the difference between two results, early and late, always holds five answers or none.
2. What is told beyond the structure adds whole releases, each part of a release rounded down to a multiple of five
   first. Any figure is then a sum of fives, and so is whatever can be subtracted from it, whatever the filters: no
   combination tells of one to four people.
"""

THRESHOLD = 5


def may_release(waiting: int) -> bool:
    """Whether the answers that wait are enough to be counted together."""
    return waiting >= THRESHOLD


def rounded_down(count: int) -> int:
    """Return the count by fives, downwards: 0 to 4 gives 0, which is shown as « moins de 5 »."""
    return count - count % THRESHOLD
