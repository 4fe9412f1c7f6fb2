"""The external addresses written in a page, in any of its fields."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from kb_site.facts.citations import texts_in

from ..plain_text import links_in

MAXIMUM_LENGTH = 2000
_HTTP = re.compile(r"https?://", re.IGNORECASE)


def addresses_of(page: Page) -> set[str]:
    """Return the http(s) addresses of other sites that this page holds, without their fragment."""
    own = urlsplit(settings.SITE_URL).hostname
    found = set()
    for text in _texts(page):
        if not _HTTP.search(text):
            continue
        for address in links_in(text):
            bare = urldefrag(address).url
            host = urlsplit(bare).hostname
            if host and host != own and len(bare) <= MAXIMUM_LENGTH:
                found.add(bare)
    return found


def _texts(page: Page) -> Iterator[str]:
    for field in page._meta.concrete_fields:
        value = field.value_from_object(page)
        if isinstance(field, StreamField):
            yield from texts_in(value.get_prep_value())
        elif isinstance(field, models.CharField | models.TextField) and value:
            yield value
