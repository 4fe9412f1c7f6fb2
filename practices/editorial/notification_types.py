"""What those who follow a card are told of its changes."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from kb_site.notifications.models import Cadence
from kb_site.notifications.types import NotificationType, Source, register_notification_type

from ..models import PracticePage
from .models.desk import ChangeNote


def _notes(ids: Collection[int]) -> Mapping[int, Source]:
    return {pk: Source(text) for pk, text in ChangeNote.objects.filter(pk__in=ids).values_list("pk", "text")}


def register() -> None:
    """Declare the event of a card whose meaning changes."""
    register_notification_type(
        NotificationType(
            name="card_changed",
            label=_("Une fiche que je suis change de sens"),
            sentence=_("« %(title)s » a changé"),
            target=PracticePage,
            default=Cadence.WEEKLY,
            sources=_notes,
        )
    )
