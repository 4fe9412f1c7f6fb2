"""What one follows here, and what followers are told."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.principals import MEMBERS, principals_of
from kb_site.notifications.letter_sections import LINES_PER_SECTION, DigestLine, register_section
from kb_site.notifications.models import Cadence
from kb_site.notifications.types import (
    Followable,
    NotificationType,
    register_followable,
    register_notification_type,
)

from .models import PracticePage, Theme


def _themes(user: Any) -> QuerySet[Theme]:
    return Theme.objects.all() if MEMBERS in principals_of(user) else Theme.objects.none()


def _new_cards(user: Any, since: datetime.datetime, until: datetime.datetime) -> list[DigestLine]:
    cards = PracticePage.objects.visible_to(user).filter(first_published_at__range=(since, until))
    return [
        DigestLine(card.title, card.get_url() or "", card.summary)
        for card in cards.order_by("-first_published_at")[:LINES_PER_SECTION]
    ]


def register() -> None:
    """Declare cards and themes as followable, the events of cards, and what the weekly letter says of them."""
    register_section("new_cards", title=_("Nouvelles fiches"), read=_new_cards)
    register_followable(
        Followable(
            name="fiche",
            model=PracticePage,
            label=_("Fiche pratique"),
            visible_to=PracticePage.objects.visible_to,
            title=lambda card: card.title,
            url=lambda card: card.get_url() or "",
            place=lambda card: card.network.name if card.network else "",
        )
    )
    register_followable(
        Followable(
            name="theme",
            model=Theme,
            label=_("Thème"),
            visible_to=_themes,
            title=lambda theme: theme.name,
            url=lambda theme: f"{reverse('search')}?theme={theme.slug}",
        )
    )
    register_notification_type(
        NotificationType(
            name="card_published",
            label=_("Une nouvelle fiche sur un thème que je suis"),
            sentence=_("Nouvelle fiche : « %(title)s »"),
            target=PracticePage,
            default=Cadence.WEEKLY,
        )
    )
