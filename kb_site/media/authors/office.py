"""Office documents (docx, xlsx, odt, ods) without who wrote, changed or commented them.

They are archives of XML: properties are emptied, and the names of authors taken off comments and tracked changes.
"""

import io
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any

from lxml import etree

from ..metadata import ImageRefused, without_metadata
from .embedded_images import JPEG, PNG, bare_jpeg, bare_png
from .errors import AuthorStays
from .places import is_on_a_machine

PARTS_MOST, BYTES_MOST = 3000, 100_000_000  # opened; beyond, the archive is a trap
NEUTRAL = "Auteur"
# Parts that hold nothing but properties, or people, by their first element.
_EMPTIED = {"coreproperties", "properties", "people", "users"}
_AUTHOR_ATTRIBUTES = {
    "author", "initials", "userid", "username", "lastmodifiedby", "providerid", "refreshedby", "docname",
}  # fmt: skip
_AUTHOR_ELEMENTS = {
    "creator", "lastmodifiedby", "author", "initial-creator", "printed-by", "creator-initials", "manager", "company",
    "author-name", "author-initials", "displayname", "file-name",
}  # fmt: skip
# A person or a view of theirs, and the attribute that names it.
_NAMED = {("person", "displayname"), ("customWorkbookView", "name"), ("dbPr", "connection")}
# What programs and machines keep beside the text.
_KEPT_BY_PROGRAMS = {"absPath", "docVars", "mailMerge"}
# Fields that Word fills with what it knows of the author, and the properties that others show.
_AUTHOR_FIELDS = {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE"}
_PROPERTY_FIELDS = {"DOCPROPERTY", "INFO"}
_AUTHOR_PROPERTIES = _AUTHOR_FIELDS | {"MANAGER", "COMPANY", "CREATOR", "LASTMODIFIEDBY"}
_ON_THE_WEB = ("http:", "https:", "mailto:")
_NO_PLACE = "file:///modele"
_MACHINE_SETTINGS = {"PrinterName", "PrinterSetup", "CurrentDatabaseDataSource"}
_PRINTERS = "xl/printerSettings/"
_XML = {"xml", "rels", "rdf", "vml", "svg"}
# Neither text nor anything that is known to name its author.
_HARMLESS = {"bmp", "emf", "wmf", "odttf", "ttf", "otf", "fntdata"}
_REWRITTEN = {"gif", "webp"}
_HARMLESS_PARTS = ("mimetype", "layout-cache")
# What a damaged archive, or a damaged part of it, makes the libraries say.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    etree.XMLSyntaxError,
)  # fmt: skip
_SIGNED = ("_xmlsignatures/", "META-INF/documentsignatures", "META-INF/macrosignatures")


def without_author(file: IO[bytes]) -> bytes:
    """Return the document without the names and places that its properties, comments and images hold.

    Raises AuthorStays when it is protected, signed, damaged, or holds files of another kind.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _rewritten(archive)
    except _DAMAGED as error:
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
    if content and ending in _REWRITTEN:
        return _bare_picture(content)
    if not content or ending in _HARMLESS or name.endswith(_HARMLESS_PARTS):
        return content
    raise AuthorStays


def _bare_picture(content: bytes) -> bytes:
    try:
        return without_metadata(io.BytesIO(content))
    except ImageRefused as error:
        raise AuthorStays from error


def _bare_xml(name: str, content: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise AuthorStays
    if etree.QName(root).localname.lower() in _EMPTIED:
        root[:] = []
        root.attrib.clear()
    elif name == "meta.xml":
        for properties in root:
            properties[:] = []
    else:
        authors: set[str] = set()
        for element in list(root.iter(etree.Element)):
            _take_names_out(element, authors)
        _take_out_of_fields(root)
        if PurePosixPath(name).name.startswith("comment"):
            _take_out_of_text(root, authors)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _take_names_out(element: Any, authors: set[str]) -> None:
    """Neutralise the names in one element, and add them to those found."""
    tag = etree.QName(element).localname
    if tag == "encryption-data":
        raise AuthorStays
    for attribute, value in element.attrib.items():
        local = etree.QName(attribute).localname.lower()
        if local in _AUTHOR_ATTRIBUTES or (tag, local) in _NAMED:
            authors.add(value)
            element.set(attribute, NEUTRAL)
        elif is_on_a_machine(value) or (local == "href" and value.startswith(("../", "/"))):
            element.set(attribute, _NO_PLACE)  # the model, a linked image, the description that Word gives to a picture
        elif tag == "config-item" and value in _MACHINE_SETTINGS:
            element.text = ""
        elif tag == "pageSetup" and local == "id":
            del element.attrib[attribute]  # its printer, left out
    lower = tag.lower()
    if lower in {"creator", "initial-creator"} and len(element):  # a drawing describes the person
        element[:], element.text = [], NEUTRAL
    elif len(element) == 0 and element.text and (lower in _AUTHOR_ELEMENTS or lower.startswith("sender-")):
        authors.add(element.text)
        element.text = NEUTRAL
    is_link = tag == "Relationship" and element.get("TargetMode") == "External"
    is_model = element.get("Type", "").endswith("/attachedTemplate")
    if is_link and (is_model or not element.get("Target", "").lower().startswith(_ON_THE_WEB)):
        element.set("Target", _NO_PLACE)
    printer = tag == "Relationship" and element.get("Type", "").endswith("/printerSettings")
    if (printer or tag in _KEPT_BY_PROGRAMS) and element.getparent() is not None:
        element.getparent().remove(element)


def _take_out_of_fields(root: Any) -> None:
    """Neutralise what Word shows of the author by itself: fields (« AUTHOR »), boxes tied to a property of the file."""
    fields: list[list[Any]] = []  # those begun, each with its instruction and whether its result has begun
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        kind = _attribute(element, "fldCharType")
        if tag == "fldSimple" and _tells_author(_attribute(element, "instr")):
            _neutralise_text(element)
        elif tag == "dataBinding" and _is_tied_to_author(_attribute(element, "xpath")):
            _neutralise_text(next(element.iterancestors("{*}sdt"), element))
        elif kind == "begin":
            fields.append(["", False])
        elif kind == "end" and fields:
            fields.pop()
        elif kind == "separate" and fields:
            fields[-1][1] = True
        elif tag == "instrText" and fields:
            fields[-1][0] += element.text or ""
        elif tag == "t" and any(shown and _tells_author(instruction) for instruction, shown in fields):
            element.text = NEUTRAL


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def _tells_author(instruction: str) -> bool:
    words = [word.strip('"').upper() for word in instruction.split()]
    return bool(words) and (
        words[0] in _AUTHOR_FIELDS or (words[0] in _PROPERTY_FIELDS and bool(_AUTHOR_PROPERTIES & set(words)))
    )


def _is_tied_to_author(path: str) -> bool:
    return any(word.upper() in _AUTHOR_PROPERTIES for word in re.findall(r"\w+", path))


def _neutralise_text(element: Any) -> None:
    for inner in element.iter(etree.Element):
        if etree.QName(inner).localname == "t":
            inner.text = NEUTRAL


def _take_out_of_text(root: Any, authors: set[str]) -> None:
    """Spreadsheets write the author's name at the head of each note."""
    for element in root.iter(etree.Element):
        for name in authors - {NEUTRAL, ""}:
            if element.text and name in element.text:
                element.text = element.text.replace(name, NEUTRAL)
