"""What is counted of a campaign when its answers are released: the only reader of the answers."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from ..models import Condition
from .feasibility import CardVerdict, Count, Diagnosed, Verdict
from .models import DiagnosticCampaign, Target
from .questions import PEOPLE
from .rules import rule_of, rules_of_cards


def _released(campaign: DiagnosticCampaign) -> list[dict[str, int]]:
    people = campaign.answers.filter(target=Target.PEOPLE).exclude(release=None)
    return list(people.values_list("values", flat=True))


def _team(campaign: DiagnosticCampaign) -> dict[str, int]:
    return campaign.answers.filter(target=Target.TEAM).values_list("values", flat=True).first() or {}


def diagnosed(campaign: DiagnosticCampaign) -> Diagnosed:
    """Return the released answers of a campaign, and the team's sheet, ready to decide cards. Two queries."""
    return Diagnosed(_released(campaign), _team(campaign))


def counts_of(campaign: DiagnosticCampaign) -> dict[str, Any]:
    """Return everything that may be shown of a campaign, as kept by its release (see models.Release)."""
    people, team = _released(campaign), _team(campaign)
    everyone = Diagnosed(people, team)
    rules = [rule_of(condition) for condition in Condition.objects.all()]
    return {
        "questions": {
            str(question.code): {str(digit): n for digit, n in Counter(one[question.code] for one in people).items()}
            for question in PEOPLE
        },
        "team": team,
        "conditions": {rule.slug: _triple(everyone.count(rule)) for rule in rules if rule.about_people},
        "team_conditions": {rule.slug: str(everyone.team_answer(rule)) for rule in rules if rule.about_team},
        "cards": {str(card): asdict(everyone.verdict(rules)) for card, rules in rules_of_cards().items()},
    }


def _triple(count: Count) -> list[int]:
    return [count.met, count.missing, count.unknown]


def stored_verdicts(counts: dict[str, Any]) -> dict[int, CardVerdict]:
    """Return card → verdict as kept by a release, for a campaign whose answers are erased."""
    return {int(card): _read_verdict(stored) for card, stored in counts.get("cards", {}).items()}


def _read_verdict(stored: dict[str, Any]) -> CardVerdict:
    lists = {name: tuple(stored[name]) for name in ("missing", "unknown", "advice")}
    return CardVerdict(
        verdict=Verdict(stored["verdict"]),
        people=Count(**stored["people"]),
        lift=stored["lift"],
        gain=stored["gain"],
        **lists,
    )
