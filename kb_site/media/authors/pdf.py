"""A PDF without who made or annotated it."""

import io
from typing import IO, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from .embedded_images import bare_jpeg, bare_jpeg2000
from .errors import AuthorStays
from .places import is_on_a_machine

# Properties of the document, of a page or of an image; what the program that wrote it keeps for itself; the second copy
# of a form, in the format of one program.
_DROPPED = ("/Metadata", "/PieceInfo", "/Info", "/CreatorInfo", "/SpiderInfo", "/XFA")
_BARE = {"/DCTDecode": bare_jpeg, "/JPXDecode": bare_jpeg2000}


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
    if "/Subtype" in part and part["/Subtype"] != "/Widget":
        part.pop("/T", None)  # who wrote this annotation
    for name, value in list(part.items()):
        if isinstance(value, str) and is_on_a_machine(value):
            del part[name]
    if isinstance(part, StreamObject):
        filters = part.get("/Filter")
        names = list(filters) if isinstance(filters, ArrayObject) else [filters]
        if len(names) == 1 and names[0] in _BARE:
            part._data = _BARE[names[0]](part._data)
        elif _BARE.keys() & names:
            raise AuthorStays
