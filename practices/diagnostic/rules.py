"""Reads the conditions that editors keep, as rules; and says each rule in words."""

from django.utils.translation import gettext as _

from ..choices import RuleOperator, Strength
from ..models import Condition, PracticeCondition, PracticePage
from .feasibility import Rule
from .questions import BY_CODE


def rule_of(condition: Condition, *, essential: bool = True) -> Rule:
    """Return the rule of a condition; one without question or threshold is never answered by a diagnostic."""
    if not condition.rule_question or condition.rule_threshold is None:
        return Rule(condition.slug, essential=essential)
    return Rule(condition.slug, condition.rule_question, condition.rule_operator, condition.rule_threshold, essential)


def rules_of(card: PracticePage) -> tuple[Rule, ...]:
    """Return the rules of a card whose conditions were fetched."""
    links = sorted(card.condition_links.all(), key=lambda link: link.sort_order or 0)
    return tuple(rule_of(link.condition, essential=link.strength == Strength.INDISPENSABLE) for link in links)


def rules_of_cards() -> dict[int, tuple[Rule, ...]]:
    """Return the rules of each card that has conditions, in one query."""
    links = PracticeCondition.objects.select_related("condition").order_by("practice_id", "sort_order")
    found: dict[int, list[Rule]] = {}
    for link in links:
        rule = rule_of(link.condition, essential=link.strength == Strength.INDISPENSABLE)
        found.setdefault(link.practice_id, []).append(rule)
    return {card_id: tuple(rules) for card_id, rules in found.items()}


def rule_in_words(condition: Condition) -> str:
    """Say when a condition holds: « Remplie quand, à “Avez-vous un téléphone ?”, la réponse est “smartphone” »."""
    rule = rule_of(condition)
    question = BY_CODE.get(rule.question)
    if question is None:
        return _("Le diagnostic n’y répond pas : c’est à vérifier sur place.")
    words = {"question": question.text, "answer": question.label_of(rule.threshold)}
    last = max(choice.value for choice in question.choices)
    if rule.operator == RuleOperator.EQ or (rule.operator == RuleOperator.GTE and rule.threshold == last):
        return _("Remplie quand, à « %(question)s », la réponse est « %(answer)s ».") % words
    if rule.operator == RuleOperator.GTE:
        return _("Remplie quand, à « %(question)s », la réponse est « %(answer)s » ou mieux.") % words
    return _("Remplie quand, à « %(question)s », la réponse est au plus « %(answer)s ».") % words
