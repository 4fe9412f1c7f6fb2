"""What editors know of reviews under way: who is reading now."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import EditingSession
from wagtail.models import Page


def readers_of(pages: Collection[int]) -> dict[int, str]:
    """Return who has the editing screen of each page open now (Wagtail's editing sessions), in one query."""
    content_type = ContentType.objects.get_for_model(Page)
    keys = [str(pk) for pk in pages]
    sessions = EditingSession.objects.filter(content_type=content_type, object_id__in=keys).select_related("user")
    return {int(session.object_id): session.user.public_name for session in sessions if not session.is_idle}
