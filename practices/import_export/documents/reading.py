"""Which documents a file holds, told by its first bytes, and the table that they make."""

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kb_site.control_characters import as_read, without_control_characters

from ..columns import IDENTIFIER
from ..csv_lines import decoded
from ..limits import (
    MAXIMUM_DOCUMENT,
    MAXIMUM_DOCUMENTS,
    MAXIMUM_HEADINGS,
    MAXIMUM_ROWS,
    MAXIMUM_UNZIPPED,
    FileRefused,
    Unreadable,
)
from ..tables import Table
from .documents import TITLE, WHOLE, Document
from .html_pages import read_html
from .markdown_files import read_markdown
from .wordpress import is_wordpress, read_wordpress

MARKDOWN_NAMES, HTML_NAMES = (".md", ".mdx", ".markdown"), (".html", ".htm", ".xhtml")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml\b")
_MARKDOWN = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:(?:---|\+\+\+)\s*\r?\n|#{1,6} )")
# Not documents of their own: the papers of a repository, what systems leave in archives.
_LEFT_OUT = re.compile(
    r"(?:^|/)(?:__MACOSX|\.[^/]+|node_modules)(?:/|$)|(?:^|/)(?:readme|licen[cs]e|contributing|changelog)(?:\.\w+)*$",
    re.IGNORECASE,
)


def is_documents(content: bytes, name: str = "") -> bool:
    """Whether this file is a document, or an archive of some, rather than a table."""
    if content.startswith(b"PK\x03\x04"):
        return any(_is_document(path) for path in _paths(content))
    told = bool(_HTML.match(content) or _MARKDOWN.match(content)) or (
        bool(_XML.match(content)) and is_wordpress(content)
    )
    return told or name.lower().endswith((*MARKDOWN_NAMES, *HTML_NAMES))


def read_documents(content: bytes, name: str = "", *, base: str = "") -> Table:
    """Return the table of documents: a line each, a column for each thing that some of them say. Raises FileRefused."""
    rows: list[tuple[int, dict[str, str]]] = []
    spelled: dict[str, str] = {}
    notes: dict[int, list[str]] = {}
    told_in_heads: set[str] = set()
    for number, document in enumerate(_documents(content, name, base), 1):
        if number > MAXIMUM_ROWS:
            raise FileRefused(_("Le fichier a plus de %s fiches : coupez-le en plusieurs.") % MAXIMUM_ROWS)
        cells = {heading: without_control_characters(as_read(text)) for heading, text in document.cells().items()}
        if document.refused:
            cells[TITLE] = Unreadable(cells.get(TITLE, ""), document.refused)
        for heading in cells:
            spelled.setdefault(_short(heading), _short(heading))
        told_in_heads |= {_short(name) for name in (IDENTIFIER, TITLE, WHOLE, *document.facts)}
        rows.append((number, {_short(heading): text for heading, text in cells.items()}))
        if told := document.notes():
            notes[number] = told
    if not rows:
        raise FileRefused(_("Ce fichier ne contient aucun document à importer."))
    sections = frozenset(spelled) - told_in_heads
    return Table(_most_told(list(spelled), rows), rows, notes=notes, documents=True, sections=sections)


def _short(heading: str) -> str:
    return heading[:100]


def _most_told(headings: list[str], rows: list[tuple[int, dict[str, str]]]) -> list[str]:
    """The headings that most documents have: a heading of one document alone is part of its text."""
    if len(headings) <= MAXIMUM_HEADINGS:
        return headings
    counts = {heading: sum(heading in cells for _number, cells in rows) for heading in headings}
    kept = sorted(headings, key=lambda heading: -counts[heading])[:MAXIMUM_HEADINGS]
    return [heading for heading in headings if heading in kept]


def _documents(content: bytes, name: str, base: str) -> Iterator[Document]:
    if content.startswith(b"PK\x03\x04"):
        yield from _archived(content, base)
    elif is_wordpress(content):
        yield from read_wordpress(content)
    else:
        yield _one(name or "document", content, base)


def _one(name: str, content: bytes, base: str) -> Document:
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    is_page = name.lower().endswith(HTML_NAMES) or (not name.lower().endswith(MARKDOWN_NAMES) and _HTML.match(content))
    read = read_html if is_page else read_markdown
    return read(name, text, base=base)


def _archived(content: bytes, base: str) -> Iterator[Document]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if _is_document(part.filename)]
            if len(parts) > MAXIMUM_DOCUMENTS or sum(part.file_size for part in parts) > MAXIMUM_UNZIPPED:
                raise FileRefused(_("Cette archive est trop grosse une fois ouverte."))
            folder = _common_folder([part.filename for part in parts])
            for part in sorted(parts, key=lambda part: part.filename):
                name = part.filename.removeprefix(folder)
                if part.file_size > MAXIMUM_DOCUMENT:
                    yield Document(name, refused=_("Ce document est trop long."))
                    continue
                yield _one(name, archive.read(part), base)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileRefused(_("Cette archive ne s’ouvre pas (abîmée, ou sous mot de passe).")) from error


def _common_folder(paths: list[str]) -> str:
    """The folder that holds them all: forges put the name of a version there, which changes from one archive to the next."""
    first = paths[0].partition("/")[0] + "/" if paths else ""
    return first if all(path.startswith(first) for path in paths) else ""


def _paths(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []


def _is_document(path: str) -> bool:
    return path.lower().endswith((*MARKDOWN_NAMES, *HTML_NAMES)) and not _LEFT_OUT.search(path)
