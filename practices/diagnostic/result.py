"""What the page of a result shows: the profile, the cards by verdict, what to lift first.

Released answers only, and of them only what may be told (kb_site/disclosure.py).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kb_site.accounts.models import User
from kb_site.disclosure import FEWEST_PEOPLE

from ..models import Condition, PracticePage
from .aggregation import collected, stored_count, stored_verdicts
from .feasibility import Answer, CardVerdict, Count, Diagnosed, Rule, Verdict, unlocked_by
from .models import DiagnosticCampaign, Release
from .profile import TOP, ProfileLine, profile
from .rules import rule_of, rules_of_cards

SHOWN_PER_GROUP = 6
FIRST_ACTIONS = 3
MOST_PEOPLE = 0.5


@dataclass(frozen=True)
class JudgedCard:
    """A card with its verdict, and the condition that would help most (None for none)."""

    card: PracticePage
    verdict: CardVerdict
    lift: Condition | None
    missing: list[Condition]


@dataclass(frozen=True)
class VerdictGroup:
    """The cards of one verdict: those shown, and how many there are."""

    verdict: Verdict
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


ORDER = (Verdict.FEASIBLE, Verdict.FOR_SOME, Verdict.ALMOST, Verdict.UNKNOWN, Verdict.NOT_FEASIBLE)


NOTHING_ASKED = CardVerdict(Verdict.FEASIBLE)


def _followers(verdict: CardVerdict) -> int:
    return verdict.people.low if verdict.people else 0


def _groups(
    cards: Iterable[PracticePage], verdicts: dict[int, CardVerdict], conditions: dict[str, Condition]
) -> list[VerdictGroup]:
    judged: dict[Verdict, list[JudgedCard]] = {verdict: [] for verdict in ORDER}
    for card in cards:
        verdict = verdicts.get(card.pk, NOTHING_ASKED)
        missing = [conditions[slug] for slug in verdict.missing if slug in conditions]
        judged[verdict.verdict].append(JudgedCard(card, verdict, conditions.get(verdict.lift), missing))
    groups = []
    for kind, of_kind in judged.items():
        of_kind.sort(key=lambda one: (-_followers(one.verdict), -one.verdict.gain, one.card.title))
        if of_kind:
            groups.append(VerdictGroup(kind, of_kind[:SHOWN_PER_GROUP], len(of_kind)))
    return groups


def _first_step(condition: Condition) -> str:
    lines = [line.removeprefix("- ").strip() for line in condition.how_to_lift.strip().splitlines() if line.strip()]
    return lines[0] if lines else ""


def _actions(verdicts: dict[int, CardVerdict], conditions: dict[str, Condition]) -> list[FirstAction]:
    """Return what to lift first: what opens cards by itself, then what most cards miss among other things."""
    opened = unlocked_by(verdicts.values())
    opening = Counter(verdict.lift for verdict in verdicts.values() if verdict.lift)
    shut = [verdict for verdict in verdicts.values() if verdict.verdict is not Verdict.FEASIBLE]
    missed = Counter(slug for verdict in shut for slug in verdict.missing)
    slugs = {*opened, *missed} & conditions.keys()
    first = sorted(slugs, key=lambda slug: (-opened.get(slug, 0), -missed[slug], slug))[:FIRST_ACTIONS]
    return [FirstAction(conditions[slug], opening[slug], missed[slug], _first_step(conditions[slug])) for slug in first]


def result_of(campaign: DiagnosticCampaign, user: Any) -> Result | None:
    """Return the result of a campaign for this reader; None until answers are counted."""
    release = latest_release(campaign)
    if release is None:
        return None
    cards = list(PracticePage.objects.visible_to(user).only("title", "url_path", "slug", "path", "depth"))
    rules = rules_of_cards(card.pk for card in cards)
    found = collected(campaign)
    everyone = None if campaign.purged_on else found.diagnosed
    verdicts = verdicts_of(release, rules, everyone)
    seen = {card.pk for card in cards}
    verdicts = {card: verdict for card, verdict in verdicts.items() if card in seen}
    conditions = {condition.slug: condition for condition in Condition.objects.all()}
    before = release_before(campaign)
    groups = _groups(cards, verdicts, conditions)
    return Result(
        campaign=campaign,
        release=release,
        before=before,
        lines=compared_profile(release, before),
        groups=groups,
        actions=_actions(verdicts, conditions),
        waiting=found.waiting,
        counts={str(group.verdict): group.total for group in groups},
    )


@dataclass(frozen=True)
class Explained:
    """One condition of a card, explained: the answer for the team, or the people who meet it."""

    condition: Condition
    essential: bool
    note: str
    team: Answer | None
    people: Count | None


def explain(release: Release, card: PracticePage) -> tuple[CardVerdict, list[Explained]]:
    """Return the verdict of one card and the part that each of its conditions takes in it."""
    campaign, counts = release.campaign, release.counts
    rules = rules_of_cards([card.pk])
    everyone = None if campaign.purged_on else collected(campaign).diagnosed
    verdict = verdicts_of(release, rules, everyone).get(card.pk, NOTHING_ASKED)
    explained = []
    for link in card.condition_links.select_related("condition"):
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


def _most_miss(count: Count) -> bool:
    met = count.met
    return not met.is_untold and (met.low + met.high) / 2 < MOST_PEOPLE * met.total
