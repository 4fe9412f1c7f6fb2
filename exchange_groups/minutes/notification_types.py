"""What people are told of minutes, once they are published in the group."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.notifications.models import Cadence
from kb_site.notifications.types import (
    Followable,
    NotificationType,
    Source,
    register_followable,
    register_notification_type,
)
from practices.models import PracticePage

from .models import Minutes


def _readable(user: Any) -> Any:
    return Minutes.objects.visible_to(user).select_related("session__group")


def _cards(ids: Collection[int]) -> Mapping[int, Source]:
    return {card.pk: Source("", card.get_url() or "") for card in PracticePage.objects.live().filter(pk__in=ids)}


def register() -> None:
    """Declare minutes as something that people are told of, and the event of their publication."""
    register_followable(
        Followable(
            name="compte-rendu",
            model=Minutes,
            label=_("Compte rendu d’une séance"),
            visible_to=_readable,
            title=lambda minutes: minutes.session.title,
            url=lambda minutes: minutes.get_absolute_url(),
            place=lambda minutes: minutes.session.group.name,
        )
    )
    register_notification_type(
        NotificationType(
            name="minutes_published",
            label=_("Le compte rendu d’une séance d’un de mes groupes"),
            sentence=_("Compte rendu publié : « %(title)s »"),
            target=Minutes,
            default=Cadence.DAILY,
        )
    )
    register_notification_type(
        NotificationType(
            name="idea_published",
            label=_("Une idée dite en séance devient une fiche"),
            sentence=_("Une idée de « %(title)s » est devenue une fiche"),
            target=Minutes,
            default=Cadence.DAILY,
            sources=_cards,
        )
    )
