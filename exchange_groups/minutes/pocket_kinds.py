"""Minutes, which people put aside."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.pocket.kinds import PocketKind, register_pocket_kind

from .models import Minutes


def _minutes(user: Any) -> Any:
    return Minutes.objects.visible_to(user).select_related("session__group__charter")


def register() -> None:
    """Declare minutes, as the group reads them; their public version is a page like any other."""
    register_pocket_kind(
        PocketKind(
            name="compte-rendu",
            model=Minutes,
            label=_("Compte rendu"),
            visible_to=_minutes,
            title=lambda minutes: minutes.session.title,
            url=lambda minutes: minutes.get_absolute_url(),
            changed_at=lambda minutes: minutes.published_at or minutes.validated_at or minutes.sent_at,
            may_leave=lambda minutes: minutes.session.group.lets_copies_leave,
        )
    )
