"""What the page of a result shows: the profile, the cards by verdict, what to lift first.

Released answers only, and of them only what may be told (kb_site/disclosure.py).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import prefetch_related_objects

from kb_site.accounts.models import User
from kb_site.disclosure import FEWEST_PEOPLE

from ..feasibility.card_facts import READ_BESIDE, facts_of
from ..feasibility.lacks import Lack, first_step
from ..feasibility.verdicts import Feasibility, judge
from ..models import Condition, PracticePage
from .aggregation import collected, stored_count, stored_verdicts
from .feasibility import Answer, CardVerdict, Count, Diagnosed, Rule, Verdict, unlocked_by
from .models import DiagnosticCampaign, Release
from .profile import TOP, ProfileLine, profile
from .rules import rule_of, rules_of

SHOWN_PER_GROUP = 6
FIRST_ACTIONS = 3
MOST_PEOPLE = 0.5


class Standing(StrEnum):
    """Where a card stands for these people and this team: its verdict, or that too little is known to give it."""

    FEASIBLE = "feasible"
    FALLBACK = "fallback"
    ADAPT = "adapt"
    TO_CHECK = "to_check"
    NO = "no"


@dataclass(frozen=True)
class JudgedCard:
    """A card, its verdict for what most lack (the same as in lists and search), and how many may follow it as written.

    `to_check` are the labels of what is not known, and would change the verdict.
    """

    card: PracticePage
    feasibility: Feasibility
    counted: CardVerdict
    to_check: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing:
        return Standing.TO_CHECK if self.to_check else Standing(self.feasibility.verdict)

    @property
    def is_for_some(self) -> bool:
        """Whether the card is feasible as written, but told not to be so for everyone."""
        return self.standing is Standing.FEASIBLE and self.counted.verdict is Verdict.FOR_SOME


@dataclass(frozen=True)
class VerdictGroup:
    """The cards of one standing: those shown, and how many there are."""

    standing: Standing
    cards: list[JudgedCard]
    total: int


@dataclass(frozen=True)
class ComparedLine:
    """A line of the profile, its place on the drawing, and the level of the campaign before."""

    line: ProfileLine
    y: int
    width: int
    before: float | None
    before_x: int | None


@dataclass(frozen=True)
class FirstAction:
    """A condition to lift first, how many cards it alone opens, how many miss it, and the first thing to do."""

    condition: Condition
    cards: int
    missed_by: int
    first_step: str


@dataclass(frozen=True)
class Result:
    """Everything of one result."""

    campaign: DiagnosticCampaign
    release: Release
    before: Release | None
    lines: list[ComparedLine]
    groups: list[VerdictGroup]
    actions: list[FirstAction]
    waiting: int
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def tells_of_people(self) -> bool:
        """Whether enough people are counted to tell anything of them."""
        return self.release.total >= FEWEST_PEOPLE


def latest_release(campaign: DiagnosticCampaign) -> Release | None:
    """Return the last count of a campaign; None while no answer was ever counted."""
    return campaign.releases.last()


def release_before(campaign: DiagnosticCampaign) -> Release | None:
    """Return the last count of the campaign before this one, of the same team of the same structure."""
    if campaign.structure_id is None:
        return None
    earlier = DiagnosticCampaign.objects.filter(
        structure=campaign.structure_id, place=campaign.place, pk__lt=campaign.pk, opened_on__lte=campaign.opened_on
    )
    return Release.objects.filter(campaign__in=earlier).order_by("campaign__opened_on", "pk").last()


def verdicts_of(
    release: Release, rules: dict[int, tuple[Rule, ...]], everyone: Diagnosed | None
) -> dict[int, CardVerdict]:
    """Return card → verdict: decided now, or as they were kept when the answers were erased."""
    if everyone is not None:
        return {card: everyone.verdict(of_card) for card, of_card in rules.items()}
    return stored_verdicts(release.counts)


BAR_LEFT, BAR_RIGHT, ROW_HEIGHT = 140, 395, 34


def _x(level: float) -> int:
    return round(BAR_LEFT + (BAR_RIGHT - BAR_LEFT) * level / TOP)


def compared_profile(now: Release, before: Release | None) -> list[ComparedLine]:
    """Return the profile of this count beside the one before, placed on the drawing."""
    old = {line.area: line.level for line in profile(before.counts["questions"])} if before else {}
    lines = []
    for place, line in enumerate(profile(now.counts["questions"])):
        level = old.get(line.area)
        lines.append(
            ComparedLine(
                line,
                y=place * ROW_HEIGHT,
                width=_x(line.level or 0) - BAR_LEFT,
                before=level,
                before_x=_x(level) if level is not None else None,
            )
        )
    return lines


NOTHING_ASKED = CardVerdict(Verdict.FEASIBLE)


def _followers(verdict: CardVerdict) -> int:
    return verdict.people.low if verdict.people else 0


@dataclass(frozen=True)
class Known:
    """What a release tells of a team and its people: what most lack, and what is not known."""

    lacking: list[Lack]
    unknown: list[Lack]

    def judged(self, card: PracticePage, counted: CardVerdict) -> JudgedCard:
        """Decide one card. What is not known counts only where its lack would change a card feasible as written."""
        facts = facts_of(card)
        feasibility = judge(facts, self.lacking)
        to_check: tuple[str, ...] = ()
        if Standing(feasibility.verdict) is Standing.FEASIBLE:
            missing = judge(facts, [*self.lacking, *self.unknown]).missing
            to_check = tuple(lack.label for lack in self.unknown if lack.slug in missing)
        return JudgedCard(card, feasibility, counted, to_check)


def known_of(release: Release, conditions: Iterable[Condition]) -> Known:
    """Return what a release tells, condition by condition."""
    lacking, unknown = set(lacking_conditions(release)), _unknown_conditions(release)
    lacks = [Lack.of(condition) for condition in conditions]
    return Known(
        [lack for lack in lacks if lack.slug in lacking],
        [lack for lack in lacks if lack.slug in unknown - lacking],
    )


def _groups(judged: Iterable[JudgedCard]) -> list[VerdictGroup]:
    of: dict[Standing, list[JudgedCard]] = {standing: [] for standing in Standing}
    for one in judged:
        of[one.standing].append(one)
    for cards in of.values():
        cards.sort(key=lambda one: (-_followers(one.counted), one.card.title))
    return [
        VerdictGroup(standing, cards[:SHOWN_PER_GROUP], len(cards)) for standing, cards in of.items() if cards
    ]  # fmt: skip


def _actions(verdicts: dict[int, CardVerdict], conditions: dict[str, Condition]) -> list[FirstAction]:
    """Return what to lift first: what opens cards by itself, then what most cards miss among other things."""
    opened = unlocked_by(verdicts.values())
    opening = Counter(verdict.lift for verdict in verdicts.values() if verdict.lift)
    shut = [verdict for verdict in verdicts.values() if verdict.verdict is not Verdict.FEASIBLE]
    missed = Counter(slug for verdict in shut for slug in verdict.missing)
    slugs = {*opened, *missed} & conditions.keys()
    first = sorted(slugs, key=lambda slug: (-opened.get(slug, 0), -missed[slug], slug))[:FIRST_ACTIONS]
    return [FirstAction(conditions[slug], opening[slug], missed[slug], first_step(conditions[slug])) for slug in first]


def result_of(campaign: DiagnosticCampaign, user: Any) -> Result | None:
    """Return the result of a campaign for this reader; None until answers are counted."""
    release = latest_release(campaign)
    if release is None:
        return None
    cards = list(PracticePage.objects.visible_to(user).prefetch_related(*READ_BESIDE))
    rules = {card.pk: rules_of(card) for card in cards if card.condition_links.all()}
    found = collected(campaign)
    everyone = None if campaign.purged_on else found.diagnosed
    verdicts = verdicts_of(release, rules, everyone)
    seen = {card.pk for card in cards}
    verdicts = {card: verdict for card, verdict in verdicts.items() if card in seen}
    conditions = {condition.slug: condition for condition in Condition.objects.all()}
    before = release_before(campaign)
    known = known_of(release, conditions.values())
    groups = _groups(known.judged(card, verdicts.get(card.pk, NOTHING_ASKED)) for card in cards)
    return Result(
        campaign=campaign,
        release=release,
        before=before,
        lines=compared_profile(release, before),
        groups=groups,
        actions=_actions(verdicts, conditions),
        waiting=found.waiting,
        counts={str(group.standing): group.total for group in groups},
    )


@dataclass(frozen=True)
class Explained:
    """One condition of a card, explained: the answer for the team, or the people who meet it."""

    condition: Condition
    essential: bool
    note: str
    team: Answer | None
    people: Count | None


def explain(release: Release, card: PracticePage) -> tuple[JudgedCard, list[Explained]]:
    """Return the verdict of one card and the part that each of its conditions takes in it."""
    campaign, counts = release.campaign, release.counts
    prefetch_related_objects([card], *READ_BESIDE)
    everyone = None if campaign.purged_on else collected(campaign).diagnosed
    counted = verdicts_of(release, {card.pk: rules_of(card)}, everyone).get(card.pk, NOTHING_ASKED)
    verdict = known_of(release, Condition.objects.all()).judged(card, counted)
    explained = []
    for link in card.condition_links.all():
        rule = rule_of(link.condition)
        people = team = None
        if rule.about_people:
            people = everyone.count(rule) if everyone is not None else stored_count(counts, rule.slug)
        elif rule.about_team:
            stored_team = counts.get("team_conditions", {}).get(rule.slug, Answer.UNKNOWN)
            team = everyone.team_answer(rule) if everyone is not None else Answer(stored_team)
        explained.append(Explained(link.condition, link.strength == "indispensable", link.note, team, people))
    return verdict, explained


def latest_counted(user: Any) -> Release | None:
    """Return the last result of this member's structure."""
    if not isinstance(user, User) or not user.is_approved or user.structure_id is None:
        return None
    counted = Release.objects.filter(campaign__structure=user.structure_id).select_related("campaign")
    return counted.order_by("-campaign__opened_on", "-pk").first()


def lacking_conditions(release: Release) -> list[str]:
    """Return the conditions that fewer than half of the people meet, as far as can be told, or that the team misses: what
    a search leaves out to keep what is feasible with these people."""
    told = {slug: stored_count(release.counts, slug) for slug in release.counts.get("conditions", {})}
    of_people = [slug for slug, count in told.items() if count and _most_miss(count)]
    of_team = [slug for slug, answer in release.counts.get("team_conditions", {}).items() if answer == Answer.MISSING]
    return sorted([*of_people, *of_team])


def _unknown_conditions(release: Release) -> set[str]:
    """Return the conditions of which too little is told: of people, or by a team's sheet left blank."""
    told = {slug: stored_count(release.counts, slug) for slug in release.counts.get("conditions", {})}
    of_people = {slug for slug, count in told.items() if count and (count.met.is_untold or not count.known.is_some)}
    return of_people | {
        slug for slug, answer in release.counts.get("team_conditions", {}).items() if answer == Answer.UNKNOWN
    }


def _most_miss(count: Count) -> bool:
    met = count.met
    return not met.is_untold and (met.low + met.high) / 2 < MOST_PEOPLE * met.total
