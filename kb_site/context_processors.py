"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, whether this is the demonstration, and the name of the identity server, if any."""
    return {"SITE_NAME": settings.SITE_NAME, "DEMO": settings.DEMO, "OPENID_CONNECT": settings.OPENID_CONNECT}
