"""Absolute addresses: in mails, feeds, calendars, the sitemap, shared links. All start where the site is really served."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the whole address of a path of the site; an address that is whole already is left as it is."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path
