"""An image without what it tells of its maker: place, date, device, names. Pixels, colours and animation stay."""

import io
import warnings
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, ImageSequence, JpegImagePlugin

# As Pillow names them → the media type sent to readers.
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
HEIC_REFUSED = gettext_lazy("format HEIC, que le site ne lit pas. Envoyez un JPEG.")
PIXELS_MOST = 60_000_000  # all frames together: 240 MB of memory at most for each copy
WEBP_QUALITY = 90
# What an image needs to look the same; whatever else it carries is dropped.
NEEDED = frozenset({"icc_profile", "transparency", "duration", "loop", "background", "disposal", "blend"})


def refuse_what_fills_memory() -> None:
    """Let Pillow refuse, wherever an image is opened, one that is larger than any that we take.

    It raises beyond twice its limit, and warns beyond it: between both is for each form to say.
    """
    Image.MAX_IMAGE_PIXELS = PIXELS_MOST // 2
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)


class ImageRefused(Exception):
    """This file is not an image that we can read, or it is too large; the message says which."""


def is_heic(file: IO[bytes]) -> bool:
    """Whether a file is a photo as iPhones keep them (ISO/IEC 23008-12), whatever its name: we read none."""
    file.seek(0)
    box = file.read(12)
    file.seek(0)
    return box[4:8] == b"ftyp" and box[8:12] in HEIC_BRANDS


def without_metadata(file: IO[bytes]) -> bytes:
    """Return the image in the same format, upright, without any metadata. Raises ImageRefused.

    A JPEG keeps its quality (its own tables), so that doing it again changes next to nothing.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=list(FORMATS)) as picture:
            return _encoded(picture)
    except ImageRefused:
        raise
    except Image.DecompressionBombError as error:
        raise ImageRefused(_("Cette image est trop grande. Choisissez-en une plus petite.")) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ImageRefused(_("Cette image est abîmée, ou trop grande : elle ne peut pas être lue.")) from error


def _encoded(picture: Image.Image) -> bytes:
    # Phones join a second picture to a JPEG (MPO): the first one is the photo.
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)
    count = 1 if kind == "JPEG" else getattr(picture, "n_frames", 1)
    if picture.width * picture.height * count > PIXELS_MOST:
        raise ImageRefused(_("Cette image est trop grande. Choisissez-en une plus petite."))
    options: dict[str, Any] = {"optimize": True}
    if kind == "JPEG":
        sampling = JpegImagePlugin.get_sampling(picture)
        options |= {"qtables": picture.quantization, "subsampling": sampling, "progressive": True}  # type: ignore[attr-defined]
    elif kind == "WEBP":
        options = {"quality": WEBP_QUALITY, "method": 4}
    if count > 1:
        frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)]
        options |= {"save_all": True, "append_images": frames[1:]}
        options |= {name: picture.info[name] for name in ("duration", "loop") if name in picture.info}
        if kind in {"GIF", "WEBP"} and all("duration" in frame.info for frame in frames):
            options["duration"] = [frame.info["duration"] for frame in frames]
    else:
        frames = [_bare(picture)]
    stream = io.BytesIO()
    frames[0].save(stream, kind, **options)
    return stream.getvalue()


def _bare(frame: Image.Image) -> Image.Image:
    bare = ImageOps.exif_transpose(frame)  # a copy
    bare.info = {name: value for name, value in bare.info.items() if name in NEEDED}
    return bare
