"""A photo sent by a member: checked, made light, and freed of what it tells of its place and date."""

import io
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from kb_site.media.metadata import HEIC_REFUSED, PIXELS_MOST, is_heic

UPLOAD_MOST = 10 * 1024 * 1024
SIDE = 1280
LIGHT_ENOUGH = 200 * 1024
QUALITIES = (80, 65, 50)
FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoRefused(Exception):
    """This file is not a photo that we can keep; the message says why."""


def encode_photo(upload: Any) -> bytes:
    """Return the photo encoded anew as a JPEG of at most 1280 pixels a side, about 200 KB, without any metadata.

    Raises PhotoRefused when the file is too heavy, too large once opened, or not a photo.
    """
    if upload.size > UPLOAD_MOST:
        raise PhotoRefused(_("Cette photo pèse plus de 10 Mo. Choisissez-en une plus légère."))
    if is_heic(upload):
        raise PhotoRefused(_("Cette photo est au %(why)s") % {"why": HEIC_REFUSED})
    try:
        picture: Image.Image = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > PIXELS_MOST:
            raise Image.DecompressionBombError
        picture.draft("RGB", (SIDE, SIDE))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((SIDE, SIDE))
        flat = _on_white(picture)
    except Image.DecompressionBombError as error:
        raise PhotoRefused(_("Cette photo est trop grande. Choisissez-en une plus petite.")) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise PhotoRefused(_("Ce fichier n’est pas une photo JPEG, PNG ou WebP. Choisissez-en une autre.")) from error
    encoded = b""
    for quality in QUALITIES:
        stream = io.BytesIO()
        flat.save(stream, "JPEG", quality=quality, optimize=True, progressive=True)
        encoded = stream.getvalue()
        if len(encoded) <= LIGHT_ENOUGH:
            break
    return encoded


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a copy without transparency nor metadata: pixels alone."""
    image = picture.convert("RGBA")
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    return flat
