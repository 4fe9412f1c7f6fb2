"""Says the counts of experiences in words."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import Outcome
from ..summary import Summary

register = template.Library()

# Outcome → words for one and for several; in the order they are said.
WORDS = {
    Outcome.REUSSI: (gettext_lazy("%d réussie"), gettext_lazy("%d réussies")),
    Outcome.REUSSI_ADAPTE: (gettext_lazy("%d adaptée"), gettext_lazy("%d adaptées")),
    Outcome.MITIGE: (gettext_lazy("%d mitigée"), gettext_lazy("%d mitigées")),
    Outcome.ABANDONNE: (gettext_lazy("%d abandonnée"), gettext_lazy("%d abandonnées")),
}


@register.filter
def in_a_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: « Un lieu calme » becomes « un lieu calme »."""
    return label[:1].lower() + label[1:]


@register.filter
def in_words(summary: Summary) -> str:
    """Show « Essayée par 12 structures : 7 réussies, 3 adaptées, 2 abandonnées. Première cause : un lieu calme. »"""
    told = [
        str(one if summary.outcomes[outcome] == 1 else several) % summary.outcomes[outcome]
        for outcome, (one, several) in WORDS.items()
        if summary.outcomes.get(outcome)
    ]
    words = ngettext(
        "Essayée par %(n)d structure : %(told)s.", "Essayée par %(n)d structures : %(told)s.", summary.structures
    ) % {"n": summary.structures, "told": ", ".join(told)}
    if summary.first_cause:
        words += " " + _("Ce qui a le plus manqué : %s.") % in_a_sentence(summary.first_cause)
    return words
