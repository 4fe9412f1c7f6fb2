"""Cards that suit the people of a diagnostic, for the home page to propose one: judged once a release, kept a few minutes.

What is kept is the same for everybody (which cards, and why); who may read one, and who knows it already, is asked anew each time.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..choices import Audience, Strength
from ..feasibility.card_facts import READ_BESIDE
from ..feasibility.lacks import Lack
from ..feasibility.verdicts import MADE_FOR, Feasibility
from ..models import Condition, PracticePage
from ..models.cards import PracticeCondition
from .models import Release
from .result import NOTHING_ASKED, Standing, known_of

KEPT_FOR = 600  # seconds; a card corrected meanwhile is judged anew on its own page at once
MOST_JUDGED, MOST_KEPT, MOST_NAMED = 60, 30, 3


@dataclass(frozen=True)
class Suggestion:
    """A card that these people can follow, and why, in one sentence."""

    card: int
    why: str


def suggestions_of(release: Release) -> list[Suggestion]:
    """Return the cards that suit the people of a release, best first (five queries, or none while they are kept)."""
    key = f"suggested-cards:{release.pk}"
    kept: list[Suggestion] | None = cache.get(key)
    if kept is None:
        kept = _judged(release)
        cache.set(key, kept, KEPT_FOR)
    return kept


def _judged(release: Release) -> list[Suggestion]:
    known = known_of(release, Condition.objects.all())
    lacks = known.lacking
    lacking = {lack.need for lack in lacks}
    wanted = [audience for audience, need in MADE_FOR.items() if need in lacking]
    found = []
    for page in _candidates(lacks, wanted):
        judged = known.judged(page, NOTHING_ASKED)
        made_for = [audience for audience in wanted if audience in page.audiences]
        if judged.standing in (Standing.FEASIBLE, Standing.FALLBACK):
            place = (-len(made_for), judged.standing is not Standing.FEASIBLE)  # then the freshest first
            found.append((place, Suggestion(page.pk, _why(judged.feasibility, made_for, lacks))))
    found.sort(key=lambda one: one[0])
    return [suggestion for _place, suggestion in found[:MOST_KEPT]]


def _why(verdict: Feasibility, made_for: list[Audience], lacks: list[Lack]) -> str:
    if made_for:
        names = ", ".join(str(audience.label) for audience in made_for)
        return _("%(verdict)s : écrite aussi pour ce public (%(names)s)") % {"verdict": verdict.label, "names": names}
    if verdict.reason:
        return f"{verdict.label} : {verdict.reason}"
    if lacks:
        names = ", ".join(lack.label[:1].lower() + lack.label[1:] for lack in lacks[:MOST_NAMED])
        return _("%(verdict)s : se passe de ce qui manque (%(names)s)") % {"verdict": verdict.label, "names": names}
    return _("%s : rien de ce qu’elle demande ne manque à votre public") % verdict.label


def _candidates(lacks: list[Lack], audiences: list[Audience]) -> list[PracticePage]:
    """The cards worth judging: none of their essential conditions lacks; those made for these people first, then fresh ones."""
    essential = PracticeCondition.objects.filter(
        practice=OuterRef("pk"), strength=Strength.INDISPENSABLE, condition__slug__in=[lack.slug for lack in lacks]
    )
    made_for = Case(
        When(audiences__overlap=audiences, then=Value(1)), default=Value(0), output_field=IntegerField()
    )  # fmt: skip
    cards = PracticePage.objects.live().filter(~Exists(essential)).annotate(made_for=made_for)
    fresh = Coalesce(F("last_published_at"), F("first_published_at")).desc(nulls_last=True)
    return list(cards.order_by("-made_for", fresh, "pk").prefetch_related(*READ_BESIDE)[:MOST_JUDGED])


def best_first(suggestions: list[Suggestion], user: Any) -> QuerySet[PracticePage]:
    """Return the suggested cards that this person may read and has not tried, best first, each with its `why`."""
    whens = [(one.card, place, one.why) for place, one in enumerate(suggestions)]
    place = Case(*(When(pk=card, then=Value(place)) for card, place, _why in whens), default=Value(len(whens)))
    why = Case(*(When(pk=card, then=Value(why)) for card, _place, why in whens), default=Value(""))
    readable = PracticePage.objects.visible_to(user).filter(pk__in=[one.card for one in suggestions])
    tried = PracticePage.objects.filter(pk=OuterRef("pk"), experiences__author=user.pk)
    return readable.exclude(Exists(tried)).annotate(why=why).order_by(place)
