"""Office documents (docx, xlsx, odt, ods) without who wrote, changed or commented them.

They are archives of XML: properties are emptied, and the names of authors taken off comments and tracked changes.
"""

import io
import zipfile
from pathlib import PurePosixPath
from typing import IO, Any

from lxml import etree

from .embedded import JPEG, PNG, bare_jpeg, bare_png
from .errors import AuthorStays

PARTS_MOST, BYTES_MOST = 3000, 100_000_000  # opened; beyond, the archive is a trap
NEUTRAL = "Auteur"
# Parts that hold nothing but properties, or people.
_EMPTIED = {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "word/people.xml"}
_AUTHOR_ATTRIBUTES = {"author", "initials", "userid", "username", "lastmodifiedby", "providerid"}
_AUTHOR_ELEMENTS = {
    "creator", "lastmodifiedby", "author", "initial-creator", "printed-by", "creator-initials", "manager", "company",
    "author-name", "author-initials", "displayname",
}  # fmt: skip
_MACHINE_SETTINGS = {"PrinterName", "PrinterSetup", "CurrentDatabaseDataSource"}
_PRINTERS = "xl/printerSettings/"
_XML = {"xml", "rels", "rdf", "vml", "svg"}
# Neither text nor anything that is known to name its author.
_HARMLESS = {"gif", "bmp", "emf", "wmf", "odttf", "ttf", "otf", "fntdata"}
_HARMLESS_PARTS = ("mimetype", "layout-cache")
_SIGNED = ("_xmlsignatures/", "META-INF/documentsignatures", "META-INF/macrosignatures")


def without_author(file: IO[bytes]) -> bytes:
    """Return the document without the names and places that its properties, comments and images hold.

    Raises AuthorStays when it is protected, signed, damaged, or holds files of another kind.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _rewritten(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, etree.XMLSyntaxError) as error:
        raise AuthorStays from error


def _rewritten(archive: zipfile.ZipFile) -> bytes:
    parts = archive.infolist()
    if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > BYTES_MOST:
        raise AuthorStays
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bare:
        for part in parts:
            if part.filename.startswith(_PRINTERS):
                continue
            # The first part of an OpenDocument, « mimetype », is not compressed: each keeps its way; dates go.
            entry = zipfile.ZipInfo(part.filename)
            entry.compress_type = part.compress_type
            bare.writestr(entry, _bare_part(part.filename, archive.read(part)))
    return stream.getvalue()


def _bare_part(name: str, content: bytes) -> bytes:
    if name.startswith(_SIGNED):
        raise AuthorStays
    ending = name.rpartition(".")[2].lower()
    if ending in _XML:
        return _bare_xml(name, content) if content else content
    if content.startswith(JPEG):
        return bare_jpeg(content)
    if content.startswith(PNG):
        return bare_png(content)
    if not content or ending in _HARMLESS or name.endswith(_HARMLESS_PARTS):
        return content
    raise AuthorStays


def _bare_xml(name: str, content: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise AuthorStays
    if name in _EMPTIED:
        root[:] = []
    elif name == "meta.xml":
        for properties in root:
            properties[:] = []
    else:
        authors: set[str] = set()
        for element in list(root.iter(etree.Element)):
            _take_names_out(element, authors)
        if PurePosixPath(name).name.startswith("comment"):
            _take_out_of_text(root, authors)
    written: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _take_names_out(element: Any, authors: set[str]) -> None:
    """Neutralise the names in one element, and add them to those found."""
    tag = etree.QName(element).localname
    if tag == "encryption-data":
        raise AuthorStays
    for attribute, value in element.attrib.items():
        local = etree.QName(attribute).localname.lower()
        if local in _AUTHOR_ATTRIBUTES or (tag == "person" and local == "displayname"):
            authors.add(value)
            element.set(attribute, NEUTRAL)
        elif value.lower().startswith("file:"):  # a path on the author's machine: the model, a linked image
            element.set(attribute, "file:///modele")
        elif tag == "config-item" and value in _MACHINE_SETTINGS:
            element.text = ""
        elif tag == "pageSetup" and local == "id":
            del element.attrib[attribute]  # its printer, left out
    lower = tag.lower()
    if len(element) == 0 and element.text and (lower in _AUTHOR_ELEMENTS or lower.startswith("sender-")):
        authors.add(element.text)
        element.text = NEUTRAL
    if tag == "absPath" or (tag == "Relationship" and element.get("Type", "").endswith("/printerSettings")):
        element.getparent().remove(element)


def _take_out_of_text(root: Any, authors: set[str]) -> None:
    """Spreadsheets write the author's name at the head of each note."""
    for element in root.iter(etree.Element):
        for name in authors - {NEUTRAL, ""}:
            if element.text and name in element.text:
                element.text = element.text.replace(name, NEUTRAL)
