"""What the page of a card shows beside the card itself."""

from typing import Any

from django.db.models import Count

from .experiences.summary import summary_of
from .forms import CommentForm
from .models import PracticePage, PracticeTheme
from .threads import threads_of
from .upkeep.services import asks_whether_true
from .vocabularies import Strength

RELATED = 3


def related_cards(card: PracticePage, user: Any) -> list[PracticePage]:
    """Return the cards that share most themes with this one, then problems, among those this person may read."""
    return list(
        PracticePage.objects.visible_to(user)
        .filter(theme_items__tag__in=PracticeTheme.objects.filter(content_object=card.pk).values("tag"))
        .exclude(pk=card.pk)
        .annotate(shared=Count("theme_items", distinct=True))
        .order_by("-shared", "title")[:RELATED]
    )


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
