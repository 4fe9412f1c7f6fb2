"""Images inside a document, freed of their metadata without touching their pixels nor how they are placed."""

import struct

from .errors import AuthorStays

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# Segments of a JPEG that tell how to decode it and its colours; the others tell where and by whom it was taken.
_KEPT_SEGMENTS = {0xE0, 0xE2, 0xEE} | set(range(0xC0, 0xE0))
_START_OF_SCAN, _END, _OTHER_PICTURES = 0xDA, 0xD9, b"MPF\0"
# What follows a scan and belongs to it: a byte FF of the pixels themselves, and the marks of restarts.
_OF_A_SCAN = {0x00, *range(0xD0, 0xD8)}
# Chunks of a PNG (the standard's own) that show it; whatever else, a program added.
_KEPT_CHUNKS = set(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT".split()
)
# Boxes of a JPEG 2000 that programs add: Exif, XMP, rights.
_DROPPED_BOXES = {b"uuid", b"uinf", b"xml ", b"jp2i"}
_BOX_TO_THE_END, _LONG_BOX = 0, 1


def bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG without Exif, XMP, IPTC nor comment, nor what comes after it (phones join other pictures, whole).

    Raises AuthorStays when it is damaged.
    """
    kept, position = bytearray(data[:2]), 2
    try:
        while True:
            marker, kind = data[position], data[position + 1]
            if marker != 0xFF:  # noqa: PLR2004 - how every segment begins
                raise AuthorStays
            if kind == _END:
                return bytes(kept + data[position : position + 2])
            (length,) = struct.unpack_from(">H", data, position + 2)
            end = position + 2 + length
            if kind in _KEPT_SEGMENTS and not data.startswith(_OTHER_PICTURES, position + 4):
                kept += data[position:end]
            position = end
            if kind == _START_OF_SCAN:
                position = _end_of_scan(data, end)
                kept += data[end:position]
    except (IndexError, ValueError, struct.error) as error:
        raise AuthorStays from error


def _end_of_scan(data: bytes, position: int) -> int:
    """Return where the compressed pixels end. Raises ValueError when they never do."""
    while data[position : position + 1] != b"\xff" or data[position + 1] in _OF_A_SCAN:
        position = data.index(b"\xff", position + 1)
    return position


def bare_png(data: bytes) -> bytes:
    """Return a PNG without text, Exif nor date. Raises AuthorStays when it is damaged."""
    kept, position = bytearray(data[:8]), 8
    try:
        while position < len(data):
            length, kind = struct.unpack_from(">I4s", data, position)
            end = position + 12 + length
            if kind in _KEPT_CHUNKS:
                kept += data[position:end]
            position = end
            if kind == b"IEND":
                break
    except struct.error as error:
        raise AuthorStays from error
    return bytes(kept)


def bare_jpeg2000(data: bytes) -> bytes:
    """Return a JPEG 2000 without Exif, XMP nor rights; a bare codestream as it is. Raises AuthorStays when damaged."""
    if data[4:8] != b"jP  ":
        return data
    kept, position = bytearray(), 0
    try:
        while position < len(data):
            length, kind = struct.unpack_from(">I4s", data, position)
            if length == _LONG_BOX:
                (length,) = struct.unpack_from(">Q", data, position + 8)
            end = len(data) if length == _BOX_TO_THE_END else position + length
            if end < position + 8:
                raise AuthorStays
            if kind not in _DROPPED_BOXES:
                kept += data[position:end]
            position = end
    except struct.error as error:
        raise AuthorStays from error
    return bytes(kept)
