"""The profile of a campaign: six lines from 0 to 4, from the counts of a release."""

from collections.abc import Mapping
from dataclasses import dataclass

from .questions import PEOPLE, UNKNOWN, Area, Question

TOP = 4
LOW = 2.0


@dataclass(frozen=True)
class ProfileLine:
    """One line: its level (0 to 4, one decimal; None when nobody knows) and how many people are under 2."""

    area: Area
    level: float | None
    answered: int

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


def profile(questions: Mapping[str, Mapping[str, int]]) -> list[ProfileLine]:
    """Return the mean of each area, each question weighing the same among those who answered it."""
    lines = []
    for area in Area:
        means, answered = [], 0
        for question in PEOPLE:
            if question.area != area:
                continue
            known = {int(d): n for d, n in questions.get(question.code, {}).items() if int(d) != UNKNOWN}
            number = sum(known.values())
            if number:
                means.append(sum(_worth(question, digit) * n for digit, n in known.items()) / number)
            answered = max(answered, number)
        lines.append(ProfileLine(area, round(sum(means) / len(means), 1) if means else None, answered))
    return lines
