"""The line of the settings of mails that is about sessions: invitations, polls and reminders are stopped there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.notifications.models import Cadence
from kb_site.notifications.types import Followable, NotificationType, register_followable, register_notification_type

from .models import Session

EVENT = "session_invitation"


def _sessions(user: Any) -> Any:
    return Session.objects.visible_to(user)


def register() -> None:
    """Declare sessions and the event that tells of them."""
    register_followable(
        Followable(
            name="seance",
            model=Session,
            label=_("Séance"),
            visible_to=_sessions,
            title=lambda session: session.title,
            url=lambda session: session.get_absolute_url(),
            place=lambda session: session.group.name,
        )
    )
    register_notification_type(
        NotificationType(
            name=EVENT,
            addressed=True,
            label=_("Invitations, choix des dates et rappels des séances de mes groupes"),
            sentence=_("Nouvelle séance : « %(title)s »"),
            target=Session,
            default=Cadence.AT_ONCE,
        )
    )
