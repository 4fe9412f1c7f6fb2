"""The face of the site as every page, mail and feed shows it, kept so that a page costs no query for it."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from wagtail.images.models import SourceImageIOError

from .colours import GREEN, style_of

KEY = "face"
SECONDS = 60  # a host that shares no cache with the others shows a change after them
LOGO = "height-64"  # twice what is shown, for dense screens


@dataclass(frozen=True)
class Logo:
    """The address of the reduced image, and its size in pixels."""

    image: int
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Face:
    """What is shown of the site; words are empty where the templates' own suit."""

    name: str
    sentence: str = ""
    promise: str = ""
    footer: str = ""
    sender: str = ""
    contact: str = ""
    data_contact: str = ""
    publisher: str = ""
    publisher_address: str = ""
    publication_director: str = ""
    host: str = ""
    colour: str = GREEN
    style: str = ""
    logo: Logo | None = None

    @property
    def style_digest(self) -> str:
        """The source that allows this style, and no other, in a policy of contents (CSP 3, 2.3.1)."""
        return f"'sha256-{base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()}'"


def face() -> Face:
    """Return the face of the site; what is stored of it is read at most once a minute, and after each change."""
    kept: Face | None = caches["face"].get(KEY)
    if kept is None:
        kept = _read()
        caches["face"].set(KEY, kept, timeout=SECONDS)
    return kept


def forget_face(**kwargs: Any) -> None:
    """Read it anew, once what is being written is committed."""
    transaction.on_commit(lambda: caches["face"].delete(KEY))


def _read() -> Face:
    from .models import Identity  # models are loaded only now

    stored = Identity.objects.select_related("logo").first()
    if stored is None:
        return Face(settings.SITE_NAME)
    return Face(
        name=stored.name or settings.SITE_NAME,
        sentence=stored.sentence,
        promise=stored.promise,
        footer=stored.footer,
        sender=stored.sender,
        contact=stored.contact,
        data_contact=stored.data_contact,
        publisher=stored.publisher,
        publisher_address=stored.publisher_address,
        publication_director=stored.publication_director,
        host=stored.host,
        colour=stored.colour or GREEN,
        style=style_of(stored.colour) if stored.colour else "",
        logo=_logo(stored.logo),
    )


def _logo(image: Any) -> Logo | None:
    if image is None:
        return None
    try:
        small = image.get_rendition(LOGO)
    except (SourceImageIOError, FileNotFoundError):
        return None
    return Logo(image.pk, small.url, small.width // 2, small.height // 2)
