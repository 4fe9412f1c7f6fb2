"""What a text leaves for later, « [à compléter : …] »: allowed in a draft, refused where people read."""

from .models import TextPage

BLANK = "[à compléter"


def blank_pages() -> list[TextPage]:
    """Return the pages that anyone reads and that still hold a blank."""
    return list(TextPage.objects.live().filter(body__icontains=BLANK).order_by("title"))
