"""A PDF without who made or annotated it."""

import io
from typing import IO, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from .embedded import bare_jpeg
from .errors import AuthorStays

# Properties of the document, of a page or of an image; what the program that wrote it keeps for itself.
_DROPPED = ("/Metadata", "/PieceInfo", "/Info")


def without_author(file: IO[bytes]) -> bytes:
    """Return the PDF without properties, names on annotations, nor Exif in its photos.

    Former versions that the file keeps go too. Raises AuthorStays when it is protected, signed, damaged, or holds files.
    """
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise AuthorStays
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        for item in writer._objects:
            for part in _dictionaries(item):
                _take_names_out(part)
        writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        stream = io.BytesIO()
        writer.write(stream)
    except AuthorStays:
        raise
    except Exception as error:  # damaged files make pypdf fail in many ways, and each one means the same
        raise AuthorStays from error
    return stream.getvalue()


def _dictionaries(item: Any) -> Any:
    """Yield the dictionaries that an object of the file is made of; those that it refers to come in their own turn."""
    if isinstance(item, DictionaryObject):
        yield item
        for value in list(item.values()):
            yield from _dictionaries(value)
    elif isinstance(item, ArrayObject):
        for value in item:
            yield from _dictionaries(value)


def _take_names_out(part: DictionaryObject) -> None:
    if part.get("/Type") == "/Sig" or "/EF" in part or "/ByteRange" in part:
        raise AuthorStays
    for name in _DROPPED:
        part.pop(name, None)
    if "/Subtype" in part and "/Rect" in part and part["/Subtype"] != "/Widget":
        part.pop("/T", None)  # who wrote this annotation
    if isinstance(part, StreamObject):
        filters = part.get("/Filter")
        names = list(filters) if isinstance(filters, ArrayObject) else [filters]
        if names == ["/DCTDecode"]:
            part._data = bare_jpeg(part._data)
        elif "/DCTDecode" in names:
            raise AuthorStays
