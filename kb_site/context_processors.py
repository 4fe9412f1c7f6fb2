"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest

from kb_site.identity.face import face


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's face and name, whether this is the demonstration, and the name of the identity server, if any."""
    shown = face()
    return {"FACE": shown, "SITE_NAME": shown.name, "DEMO": settings.DEMO, "OPENID_CONNECT": settings.OPENID_CONNECT}
