"""Our style sheets as browsers get them, for the budgets of pages."""

from pathlib import Path

from django.conf import settings
from rcssmin import cssmin

FOLDER = Path(settings.BASE_DIR) / "kb_site/static/kb_site"


def served(*names: str) -> bytes:
    """Return these sheets (« site », « groups »), one after the other, as the site serves them."""
    return b"".join(cssmin((FOLDER / f"{name}.css").read_text("utf-8")).encode() for name in names)
