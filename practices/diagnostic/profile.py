"""The profile of a campaign: six lines from 0 to 4, reckoned from what a release tells, in halves: no more is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb_site.disclosure import Told

from .questions import PEOPLE, Area, Question

TOP = 4
LOW = 2.0


@dataclass(frozen=True)
class ProfileLine:
    """One line: its level, from 0 to 4; None when too few people know."""

    area: Area
    level: float | None

    @property
    def label(self) -> str:
        return str(self.area.label)

    @property
    def is_low(self) -> bool:
        return self.level is not None and self.level < LOW


def _worth(question: Question, digit: int) -> float:
    """Return what an answer is worth, from 0 (worst) to 4 (best)."""
    if question.best == 0:
        worst = max(choice.value for choice in question.choices)
        return TOP * (worst - digit) / worst
    return TOP * min(digit, question.best) / question.best


def _middle(stored: Mapping[str, int]) -> float:
    return (stored["low"] + stored["high"]) / 2


def _level(question: Question, steps: Mapping[str, Mapping[str, int]]) -> float | None:
    """Return the mean worth of the answers of those who know, each count taken in the middle of what is told."""
    if not steps or not Told(**steps["known"]).is_some:
        return None
    known = _middle(steps["known"])
    level, digits = _worth(question, 0), [choice.value for choice in question.choices]
    for below, digit in zip(digits, digits[1:], strict=False):
        share = min(1.0, _middle(steps[str(digit)]) / known)
        level += (_worth(question, digit) - _worth(question, below)) * share
    return max(0.0, min(float(TOP), level))


def profile(questions: Mapping[str, Mapping[str, Mapping[str, int]]]) -> list[ProfileLine]:
    """Return the level of each area, each of its questions weighing the same."""
    lines = []
    for area in Area:
        levels = [_level(question, questions.get(question.code, {})) for question in PEOPLE if question.area == area]
        known = [level for level in levels if level is not None]
        lines.append(ProfileLine(area, round(2 * sum(known) / len(known)) / 2 if known else None))
    return lines
