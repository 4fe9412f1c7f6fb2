"""What is counted of a campaign when its answers are released: the only reader of the answers."""

from dataclasses import asdict, dataclass
from typing import Any

from kb_site.disclosure import Told

from ..models import Condition
from .feasibility import CardVerdict, Count, Diagnosed, Verdict
from .models import DiagnosticCampaign, Target
from .questions import PEOPLE, Question
from .rules import rule_of, rules_of_cards


@dataclass(frozen=True)
class Collected:
    """What a campaign holds: the answers already released, the team's sheet, how many answers wait to be counted."""

    people: list[dict[str, int]]
    team: dict[str, int]
    waiting: int

    @property
    def diagnosed(self) -> Diagnosed:
        """The released answers, ready to decide cards."""
        return Diagnosed(self.people, self.team)


def collected(campaign: DiagnosticCampaign) -> Collected:
    """Read the answers of a campaign, in one query; what waits is only counted."""
    rows = list(campaign.answers.values_list("target", "release_id", "values"))
    people = [(release, values) for target, release, values in rows if target == Target.PEOPLE]
    return Collected(
        people=[values for release, values in people if release is not None],
        team=next((values for target, _release, values in rows if target == Target.TEAM), {}),
        waiting=sum(release is None for release, _values in people),
    )


def counts_of(campaign: DiagnosticCampaign) -> dict[str, Any]:
    """Return everything that is told of a campaign, as kept by its release (see models.Release)."""
    found = collected(campaign)
    team, everyone = found.team, found.diagnosed
    rules = [rule_of(condition) for condition in Condition.objects.all()]
    return {
        "questions": {str(question.code): _steps(question, everyone) for question in PEOPLE},
        "team": team,
        "conditions": {rule.slug: asdict(everyone.count(rule)) for rule in rules if rule.about_people},
        "team_conditions": {rule.slug: str(everyone.team_answer(rule)) for rule in rules if rule.about_team},
        "cards": {str(card): asdict(everyone.verdict(rules)) for card, rules in rules_of_cards().items()},
    }


def _steps(question: Question, everyone: Diagnosed) -> dict[str, dict[str, int]]:
    """Return what is told of who knows, and of who answers each digit or a higher one."""
    above = {str(choice.value): everyone.at_least(question.code, choice.value) for choice in question.choices}
    return {
        name: asdict(band) for name, band in {**above, "known": everyone.known(question.code)}.items() if name != "0"
    }


def stored_count(counts: dict[str, Any], slug: str) -> Count | None:
    """Return what a release tells of one condition about people; None when it was made before the condition."""
    stored = counts.get("conditions", {}).get(slug)
    return Count(**{name: Told(**band) for name, band in stored.items()}) if stored else None


def stored_verdicts(counts: dict[str, Any]) -> dict[int, CardVerdict]:
    """Return card → verdict as kept by a release, for a campaign whose answers are erased."""
    return {int(card): _read_verdict(stored) for card, stored in counts.get("cards", {}).items()}


def _read_verdict(stored: dict[str, Any]) -> CardVerdict:
    lists = {name: tuple(stored[name]) for name in ("missing", "unknown", "advice")}
    return CardVerdict(
        verdict=Verdict(stored["verdict"]),
        people=Told(**stored["people"]) if stored["people"] else None,
        lift=stored["lift"],
        gain=stored["gain"],
        **lists,
    )
