"""The image of a page as it is shown: reduced, so that a phone with little data may open it."""

from dataclasses import dataclass
from typing import Any

from wagtail.images.models import SourceImageIOError

# 1024 pixels fill a phone's screen; JPEG is read by every browser. About 100 KB.
SPEC = "max-1024x1024|format-jpeg|jpegquality-60"


@dataclass(frozen=True)
class ShownImage:
    """What a page says of an image: its address, its size in pixels, its weight in bytes."""

    url: str
    width: int
    height: int
    weight: int


def shown_image(image: Any) -> ShownImage | None:
    """Return the reduced image, made the first time it is asked for; None when its file is gone."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition(SPEC)
        return ShownImage(rendition.url, rendition.width, rendition.height, rendition.file.size)
    except (SourceImageIOError, FileNotFoundError):
        return None
