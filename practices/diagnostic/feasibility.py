"""Which practices are feasible, for whom, and what is missing: pure functions of answers and conditions.

Verdicts are reached from what is told of the counts (kb_site/disclosure.py), never from the counts themselves: so a verdict,
an order or a list tells no more of anyone than the figures beside it.

A condition holds for a person, or for the team, when the answer to its question passes its threshold. A card is
decided by its essential conditions only:
- a person can follow when every essential condition about people holds for them;
- the card is feasible when the team misses nothing and everyone can follow, as far as can be told;
- it is almost feasible when lifting one condition alone would let someone follow, as far as can be told.
A condition without rule is never answered by a diagnostic: it is listed, to be checked on the spot.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kb_site.disclosure import Teller, Told, exactly, told

from .questions import PEOPLE_CODES, TEAM_CODES, UNKNOWN


class Answer(StrEnum):
    """What a set of answers says of one condition."""

    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a diagnostic says of one card, best first."""

    FEASIBLE = "feasible"
    FOR_SOME = "for_some"
    ALMOST = "almost"
    UNKNOWN = "unknown"
    NOT_FEASIBLE = "not_feasible"


@dataclass(frozen=True)
class Rule:
    """A condition reduced to its rule. `question` is "" when it has none."""

    slug: str
    question: str = ""
    operator: str = ""
    threshold: int = 0
    essential: bool = True

    @property
    def about_people(self) -> bool:
        return self.question in PEOPLE_CODES

    @property
    def about_team(self) -> bool:
        return self.question in TEAM_CODES


_COMPARE = {"gte": int.__ge__, "lte": int.__le__, "eq": int.__eq__}


def answer_to(rule: Rule, values: Mapping[str, int]) -> Answer:
    """Say whether a condition holds for these answers (question → digit)."""
    value = values.get(rule.question, UNKNOWN) if rule.question else UNKNOWN
    if value == UNKNOWN or rule.operator not in _COMPARE:
        return Answer.UNKNOWN
    return Answer.MET if _COMPARE[rule.operator](value, rule.threshold) else Answer.MISSING


@dataclass(frozen=True)
class Count:
    """What is told of how many people a condition, or a card, suits; `known`: of those who know."""

    met: Told
    missing: Told
    unknown: Told
    known: Told


@dataclass(frozen=True)
class CardVerdict:
    """What the diagnostic says of a card, and why.

    `people` tells who can follow; None when the card asks nothing of people. `lift` is the condition whose lifting alone
    helps most, `gain` how many more people at least could then follow (0 when the team is what is missing). `missing` and
    `unknown` are slugs of essential conditions, `advice` recommended ones that do not hold for everyone.
    """

    verdict: Verdict
    people: Told | None = None
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    lift: str = ""
    gain: int = 0


class Diagnosed:
    """The answers of a diagnostic, read once for all the conditions.

    What is told of a condition follows from what is told of its question, and of a card from one figure more, how many
    people meet all its conditions: one bit a person for each condition, whatever the number of people.
    """

    def __init__(
        self, people: Sequence[Mapping[str, int]], team: Mapping[str, int] | None = None, *, tell: Teller = told
    ) -> None:
        self._people, self._team, self._tell = people, team or {}, tell
        self._everyone = (1 << len(people)) - 1
        self._met: dict[Rule, int] = {}
        self._steps: dict[tuple[str, int], Told] = {}

    @property
    def number(self) -> int:
        return len(self._people)

    def _number(self, question: str, least: int) -> Told:
        """Return what is told of how many people know about a question, or answer `least` or a higher digit: the only
        figures of a question. Everything else about it follows from them (see Told)."""
        key = (question, least)
        if key not in self._steps:
            given = [values.get(question, UNKNOWN) for values in self._people]
            self._steps[key] = self._tell(sum(digit != UNKNOWN and digit >= least for digit in given), self.number)
        return self._steps[key]

    def known(self, question: str) -> Told:
        """Return what is told of how many people know about a question."""
        return self._number(question, 0)

    def at_least(self, question: str, digit: int) -> Told:
        """Return what is told of how many people answer this digit or a higher one."""
        return self._number(question, digit)

    def count(self, rule: Rule) -> Count:
        """Return what is told of how many people meet a condition about people."""
        nobody = exactly(0, self.number)
        if rule.operator not in _COMPARE:
            return Count(met=nobody, missing=nobody, unknown=nobody.rest, known=nobody)
        known = self.known(rule.question)
        from_it = self.at_least(rule.question, max(0, rule.threshold))
        above = self.at_least(rule.question, rule.threshold + 1)
        met = {"gte": from_it, "lte": known.less(above), "eq": from_it.less(above)}[rule.operator]
        missing = above if rule.operator == "lte" else known.less(met)
        return Count(met=met, missing=missing, unknown=known.rest, known=known)

    def team_answer(self, rule: Rule) -> Answer:
        """Return what the team's sheet says of a condition about the team."""
        return answer_to(rule, self._team)

    def _followers(self, rules: Sequence[Rule]) -> Told:
        """Return what is told of how many people meet every one of these conditions."""
        if not rules:
            return exactly(self.number, self.number)
        if len(rules) == 1:
            return self.count(rules[0]).met
        return self._tell(self._met_by_all(rules).bit_count(), self.number)

    def verdict(self, rules: Iterable[Rule]) -> CardVerdict:
        """Decide one card from its conditions."""
        rules = tuple(dict.fromkeys(rules))
        essential = [rule for rule in rules if rule.essential]
        of_people = [rule for rule in essential if rule.about_people]
        of_team = [rule for rule in essential if rule.about_team]
        people = self._followers(of_people)
        all_follow = not of_people or people.is_most
        some_follow = not of_people or people.is_some
        team_missing = [rule for rule in of_team if self.team_answer(rule) is Answer.MISSING]
        team_unknown = [rule for rule in of_team if self.team_answer(rule) is Answer.UNKNOWN]
        people_missing = [rule for rule in of_people if self.count(rule).missing.is_some]
        people_unknown = [rule for rule in of_people if self._is_unknown(self.count(rule))]
        because = CardVerdict(
            Verdict.NOT_FEASIBLE,
            people if of_people else None,
            missing=tuple(rule.slug for rule in (*team_missing, *people_missing)),
            unknown=tuple(
                [rule.slug for rule in (*team_unknown, *people_unknown)]
                + [rule.slug for rule in essential if not rule.about_people and not rule.about_team]
            ),
            advice=tuple(rule.slug for rule in rules if not rule.essential and self._lacks(rule)),
        )
        if not team_missing and all_follow:
            return replace(because, verdict=Verdict.UNKNOWN if team_unknown else Verdict.FEASIBLE)
        lift, gain = self._best_lift(of_people, team_missing, some_follow=some_follow)
        if not team_missing and some_follow:
            return replace(because, verdict=Verdict.FOR_SOME, lift=lift, gain=gain)
        if lift:
            return replace(because, verdict=Verdict.ALMOST, lift=lift, gain=gain)
        if not team_missing and people_unknown and not any(self.count(rule).missing.is_most for rule in of_people):
            return replace(because, verdict=Verdict.UNKNOWN)
        return because

    @staticmethod
    def _is_unknown(count: Count) -> bool:
        return count.unknown.is_some or count.known.is_untold

    def _lacks(self, rule: Rule) -> bool:
        if rule.about_team:
            return self.team_answer(rule) is Answer.MISSING
        return rule.about_people and self.count(rule).missing.is_some

    def _best_lift(self, of_people: list[Rule], team_missing: list[Rule], *, some_follow: bool) -> tuple[str, int]:
        """Return the one condition whose lifting lets most people in, and how many more at least; ("", 0) when none does."""
        if len(team_missing) == 1:
            return (team_missing[0].slug, 0) if some_follow else ("", 0)
        if team_missing:
            return "", 0
        best, gain = "", 0
        follow = self._followers(of_people)
        for rule in of_people:
            count = self.count(rule)
            if not count.missing.is_some:
                continue
            # Those who do not know about this condition are not counted as gained: only those who miss it.
            others = self._followers([other for other in of_people if other is not rule])
            gained = others.low - follow.high - count.unknown.high if len(of_people) > 1 else count.missing.low
            if gained > gain:
                best, gain = rule.slug, gained
        return best, gain

    def _met_by_all(self, rules: Iterable[Rule]) -> int:
        met = self._everyone
        for rule in rules:
            if rule not in self._met:
                follow = (answer_to(rule, values) is Answer.MET for values in self._people)
                self._met[rule] = sum(one << place for place, one in enumerate(follow))
            met &= self._met[rule]
        return met


def unlocked_by(verdicts: Iterable[CardVerdict]) -> dict[str, int]:
    """Return slug of condition → number of (person, card) pairs that lifting it alone would open, as far as is told; a
    team's condition counts everyone who could then follow. The first actions are the largest."""
    opened: dict[str, int] = {}
    for verdict in verdicts:
        if verdict.lift:
            people = verdict.gain or (verdict.people.low if verdict.people else 0) or 1
            opened[verdict.lift] = opened.get(verdict.lift, 0) + people
    return opened
