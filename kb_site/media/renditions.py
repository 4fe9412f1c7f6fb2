"""Images as pages show them: reduced to what a phone shows, in WebP where it is read, so that little data opens them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

# The width of a phone's column, then twice that for dense screens and computers.
# About 15 and 45 KB in WebP, which nearly every browser reads; JPEG for the others, about 55 KB.
WEBP = tuple(f"max-{side}x{side}|format-webp|webpquality-60" for side in (480, 960))
JPEG = "max-960x960|format-jpeg|jpegquality-60"
SPECS = (*WEBP, JPEG)


@dataclass(frozen=True)
class ShownImage:
    """What a page says of an image: its address, its size in pixels, its weight in bytes, and its lighter versions.

    `webp`: the WebP versions as `srcset` writes them. `weight`: the heaviest that a phone may take (the larger WebP).
    """

    url: str
    width: int
    height: int
    webp: str
    weight: int


def shown_images(images: Iterable[Any]) -> dict[int, ShownImage]:
    """Return key of an image → how it is shown, in one query; versions are made the first time they are asked for.

    An image whose file is gone is left out.
    """
    found = list({image.pk: image for image in images if image is not None}.values())
    made = get_image_model().get_rendition_model().objects.filter(filter_spec__in=SPECS)
    prefetch_related_objects(found, Prefetch("renditions", queryset=made, to_attr="prefetched_renditions"))
    shown = {}
    for image in found:
        try:
            shown[image.pk] = _shown(image)
        except (SourceImageIOError, FileNotFoundError):
            continue
    return shown


def _shown(image: Any) -> ShownImage:
    *webp, jpeg = (image.get_rendition(spec) for spec in SPECS)
    # An image smaller than both is the same twice.
    by_width = {rendition.width: rendition.url for rendition in webp}
    srcset = ", ".join(f"{url} {width}w" for width, url in by_width.items())
    return ShownImage(jpeg.url, jpeg.width, jpeg.height, srcset, webp[-1].file.size)
