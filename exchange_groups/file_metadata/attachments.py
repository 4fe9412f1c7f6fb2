"""Under which name, and with which content, a file is joined to a topic."""

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kb_site.media.authors import WITHOUT_AUTHOR, AuthorStays
from kb_site.media.metadata import without_metadata

from ..uploads import IMAGES, clean_name, ending_of


@dataclass(frozen=True)
class PreparedFile:
    """What is stored of a file."""

    name: str
    content: bytes


def neutral_name(name: str, number: int) -> str:
    """Return a name that says nothing of who made the file, its ending kept; `number` counts from 1 in a topic."""
    return _("fichier-%(number)d.%(ending)s") % {"number": number, "ending": ending_of(name)}


def prepared(file: Any, *, masked: bool, number: int) -> PreparedFile:
    """Return what is stored of a file, without who made it and where; under a masked name its own name goes too.

    A protected or signed document is stored as it is under a name that is shown, and refused under a masked one. `file`
    has a name and is readable. Raises AuthorStays, ImageRefused.
    """
    name, ending = clean_name(str(file.name)), ending_of(str(file.name))
    file.seek(0)
    content: bytes = file.read()
    if ending in IMAGES:
        content = without_metadata(io.BytesIO(content))
    elif ending in WITHOUT_AUTHOR:
        try:
            content = WITHOUT_AUTHOR[ending](io.BytesIO(content))
        except AuthorStays:
            if masked:
                raise
    return PreparedFile(neutral_name(name, number) if masked else name, content)
