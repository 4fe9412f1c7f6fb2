"""Images inside a document, freed of their metadata without touching their pixels nor how they are placed."""

import struct

from .errors import AuthorStays

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# Segments of a JPEG that tell how to decode it and its colours; the others tell where and by whom it was taken.
_KEPT_SEGMENTS = {0xE0, 0xE2, 0xEE} | set(range(0xC0, 0xE0))
_START_OF_SCAN = 0xDA
_DROPPED_CHUNKS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


def bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG without Exif, XMP, IPTC nor comment. Raises AuthorStays when it is damaged."""
    kept, position = bytearray(data[:2]), 2
    try:
        while True:
            marker, kind = data[position], data[position + 1]
            if marker != 0xFF:  # noqa: PLR2004 - how every segment begins
                raise AuthorStays
            if kind == _START_OF_SCAN:
                return bytes(kept + data[position:])
            (length,) = struct.unpack_from(">H", data, position + 2)
            if kind in _KEPT_SEGMENTS:
                kept += data[position : position + 2 + length]
            position += 2 + length
    except (IndexError, struct.error) as error:
        raise AuthorStays from error


def bare_png(data: bytes) -> bytes:
    """Return a PNG without text, Exif nor date. Raises AuthorStays when it is damaged."""
    kept, position = bytearray(data[:8]), 8
    try:
        while position < len(data):
            length, kind = struct.unpack_from(">I4s", data, position)
            end = position + 12 + length
            if kind not in _DROPPED_CHUNKS:
                kept += data[position:end]
            position = end
            if kind == b"IEND":
                break
    except struct.error as error:
        raise AuthorStays from error
    return bytes(kept)
