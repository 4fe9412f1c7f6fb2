"""Sessions, which people put aside: the day, the number to call, the agenda."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.pocket.kinds import PocketKind, register_pocket_kind

from .models import Session


def _sessions(user: Any) -> Any:
    return Session.objects.visible_to(user).select_related("group__charter")


def register() -> None:
    """Declare sessions."""
    register_pocket_kind(
        PocketKind(
            name="seance",
            model=Session,
            label=_("Séance"),
            visible_to=_sessions,
            title=lambda session: session.title,
            url=lambda session: session.get_absolute_url(),
            changed_at=lambda session: None,  # a session does not say when it changed
            may_leave=lambda session: session.may_leave_the_site,
        )
    )
