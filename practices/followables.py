"""What one follows here, and what followers are told."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kb_site.members.principals import MEMBERS, principals_of
from kb_site.notifications.digest import LINES_PER_SECTION, DigestLine, register_section
from kb_site.notifications.kinds import EventKind, Followable, Source, register_event, register_followable
from kb_site.notifications.models import Cadence

from .models import Comment, PracticePage, Theme

WORDS_QUOTED = 60


def _themes(user: Any) -> QuerySet[Theme]:
    return Theme.objects.all() if MEMBERS in principals_of(user) else Theme.objects.none()


def _comments(ids: Collection[int]) -> Mapping[int, Source]:
    readable = Comment.objects.filter(pk__in=ids, is_public=True, is_removed=False)
    return {
        pk: Source(Truncator(text).words(WORDS_QUOTED), reverse("comment_show", args=[pk]))
        for pk, text in readable.values_list("pk", "comment")
    }


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
    register_event(
        EventKind(
            name="comment_reply",
            label=_("Une réponse à mon commentaire"),
            sentence=_("%(actor)s vous a répondu sous « %(title)s »"),
            target=PracticePage,
            default=Cadence.AT_ONCE,
            sources=_comments,
            reply="comment",
        )
    )
    register_event(
        EventKind(
            name="comment_on_card",
            label=_("Un commentaire sur une fiche que je suis"),
            sentence=_("%(actor)s a commenté « %(title)s »"),
            target=PracticePage,
            default=Cadence.DAILY,
            sources=_comments,
            reply="comment",
        )
    )
    register_event(
        EventKind(
            name="card_published",
            label=_("Une nouvelle fiche sur un thème que je suis"),
            sentence=_("Nouvelle fiche : « %(title)s »"),
            target=PracticePage,
            default=Cadence.WEEKLY,
        )
    )
