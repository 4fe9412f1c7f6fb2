"""What the page of a card shows beside the card itself."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery

from .experiences.summary import summary_of
from .forms import CommentForm
from .models import PracticePage, PracticeTheme
from .threads import threads_of
from .upkeep.services import asks_whether_true
from .vocabularies import Strength

RELATED, CANDIDATES = 3, 50


def related_cards(card: PracticePage, user: Any) -> list[PracticePage]:
    """Return the cards that share most themes with this one, among those this person may read.

    The closest are sought in the narrow table of themes alone: the cost hardly grows with the number of cards.
    """
    themes = PracticeTheme.objects.filter(content_object=card.pk).values("tag")
    others = PracticeTheme.objects.filter(tag__in=themes).exclude(content_object=card.pk)
    counted = others.order_by().values("content_object").annotate(shared=Count("pk"))
    closest = counted.order_by("-shared", "-content_object").values("content_object")[:CANDIDATES]
    shared = counted.filter(content_object=OuterRef("pk")).values("shared")
    cards = PracticePage.objects.visible_to(user).filter(pk__in=closest)
    return list(cards.annotate(shared=Subquery(shared)).order_by("-shared", "title")[:RELATED])


def card_context(card: PracticePage, request: Any) -> dict[str, Any]:
    """Return the variables of practices/practice_page.html."""
    conditions = list(card.condition_links.select_related("condition"))
    page_number = request.GET.get("commentaires", "1")
    return {
        "section": card.section,
        "essential_conditions": [link for link in conditions if link.strength == Strength.INDISPENSABLE],
        "conditions": sorted(conditions, key=lambda link: link.strength != Strength.INDISPENSABLE),
        "tools": [link for link in card.ordered_tools if link.tool.live],
        "related": related_cards(card, request.user),
        "threads": threads_of(card, request.user, int(page_number) if page_number.isdecimal() else 1),
        "summary": summary_of(card, request.user),
        "comment_form": CommentForm(),
        "asks_whether_true": asks_whether_true(card, request.user),
    }
