"""Topics, which people put aside."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.pocket.kinds import PocketKind, register_pocket_kind

from .models import Topic


def _topics(user: Any) -> Any:
    return Topic.objects.visible_to(user).select_related("group__charter")


def register() -> None:
    """Declare topics."""
    register_pocket_kind(
        PocketKind(
            name="sujet",
            model=Topic,
            label=_("Sujet d’un groupe"),
            visible_to=_topics,
            title=lambda topic: topic.title,
            url=lambda topic: topic.get_absolute_url(),
            changed_at=lambda topic: topic.last_activity_at,
            may_leave=lambda topic: topic.may_leave_the_site,
        )
    )
