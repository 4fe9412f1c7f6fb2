"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name and whether this is the demonstration."""
    return {"SITE_NAME": settings.SITE_NAME, "DEMO": settings.DEMO}
