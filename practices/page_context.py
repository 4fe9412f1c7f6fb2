"""What the page of a card shows of the card itself, and the cards close to it."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery

from .choices import Strength
from .models import PracticeCondition, PracticePage, PracticeTheme
from .page_sections import PageSection, register

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


def conditions_in_order(card: PracticePage) -> list[PracticeCondition]:
    """Return the conditions of a card, those it cannot do without first."""
    links = card.condition_links.select_related("condition")
    return sorted(links, key=lambda link: link.strength != Strength.INDISPENSABLE)


def _card(card: PracticePage, request: Any) -> dict[str, Any]:
    conditions = conditions_in_order(card)
    former = card.replaces if card.replaces_id else None
    # A draft that editors name here was never read by anybody; a card for members is not named to visitors.
    was_read = former is not None and not former.live and former.first_published_at is not None
    return {
        "replaced": former if former is not None and was_read and former.is_open_to(request.user) else None,
        "section": card.section,
        "essential_conditions": [link for link in conditions if link.strength == Strength.INDISPENSABLE],
        "conditions": conditions,
        "tools": [link for link in card.ordered_tools if link.tool.live],
    }


def _related(card: PracticePage, request: Any) -> dict[str, Any]:
    return {"related": related_cards(card, request.user)}


register(PageSection("fiche", _card))
register(PageSection("proches", _related, order=20, template="practices/parts/related.html"))
