"""What experiences suggest to editors: a level of evidence to confirm, and cards that did not keep their promise."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ..choices import Evidence
from ..models import PracticePage
from ..permissions import pages_to_publish
from .models import Experience
from .summary import Summary, summaries

SEVERAL = 2
CONTESTED_FROM = 2


def suggested_evidence(current: str, summary: Summary) -> str:
    """Return the level that the experiences would justify, or "" when it is not above the current one.

    One structure where it went well: « une structure »; two: « plusieurs structures ». Evaluation and recommendation
    are never suggested: they are decided elsewhere.
    """
    if summary.successes >= SEVERAL:
        suggested = Evidence.PLUSIEURS_STRUCTURES
    elif summary.successes:
        suggested = Evidence.UNE_STRUCTURE
    else:
        return ""
    levels = Evidence.values
    return suggested if levels.index(suggested) > levels.index(current) else ""


def is_contested(summary: Summary) -> bool:
    """Whether at least two structures were disappointed, and no fewer than those that succeeded."""
    return summary.failures >= CONTESTED_FROM and summary.failures >= summary.successes


@dataclass(frozen=True)
class CardToLookAt:
    """A card, the counts of its experiences, the level to confirm ("" for none) and whether it is contested."""

    card: PracticePage
    summary: Summary
    suggestion: str
    contested: bool

    @property
    def suggestion_label(self) -> str:
        return str(Evidence(self.suggestion).label) if self.suggestion else ""


def publishable_cards(user: Any) -> QuerySet[PracticePage]:
    """Return the published cards that this person may publish again."""
    return PracticePage.objects.live().filter(pk__in=pages_to_publish(user).order_by().values("pk"))


def cards_to_look_at(user: Any) -> list[CardToLookAt]:
    """Return the cards of this editor that experiences contest (first) or would promote, in three queries."""
    tried = Experience.objects.filter(removed=False).values("practice")
    cards = {card.pk: card for card in publishable_cards(user).filter(pk__in=tried)}
    found = [
        CardToLookAt(cards[pk], summary, suggested_evidence(cards[pk].evidence, summary), is_contested(summary))
        for pk, summary in summaries(cards).items()
    ]
    kept = [one for one in found if one.contested or one.suggestion]
    return sorted(kept, key=lambda one: (not one.contested, -one.summary.failures, one.card.title))
