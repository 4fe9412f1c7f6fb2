"""Files joined to topics: which ones are taken, and a seam for a virus scanner."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.module_loading import import_string
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from kb_site.media.metadata import HEIC_REFUSED, ImageRefused, is_heic, without_metadata

MEGABYTE = 1_000_000
MAX_SIZE = 5 * MEGABYTE
MAX_FILES = 3
NAME_LENGTH = 120

# Ending → media type sent to readers, and how such a file begins. A file is what its first bytes say, not its name.
_ZIP = (b"PK\x03\x04",)
TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "odt": ("application/vnd.oasis.opendocument.text", _ZIP),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
    "txt": ("text/plain; charset=utf-8", ()),
}
BEGINNING = 1024  # bytes in which a PDF says what it is
ACCEPT = ",".join(f".{ending}" for ending in TYPES)


IMAGES = {"png", "jpg", "jpeg"}


def ending_of(name: str) -> str:
    """Return what follows the last point of a name, in lower case."""
    return name.rpartition(".")[2].lower()


def media_type(name: str) -> str:
    """Return the media type under which a taken file is served."""
    return TYPES[ending_of(name)][0]


def clean_name(name: str) -> str:
    """Return a name without path nor hidden characters, its ending kept."""
    stem, _dot, ending = get_valid_filename(name.replace("\\", "/").rpartition("/")[2] or "fichier").rpartition(".")
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"


def _begins_late(beginning: bytes) -> bool:
    """Whether a PDF begins after other bytes, as scanners write some and readers take them (ISO 32000-2, annex I): not
    after another kind of file, nor after what a browser would take for a page."""
    before, header, _after = beginning.partition(b"%PDF-")
    others = tuple(sign for _type, signs in TYPES.values() for sign in signs)
    return bool(header) and not before.startswith(others) and b"<" not in before


def check_signature(file: UploadedFile) -> None:
    """Refuse a file whose first bytes are not those of its type. Raises ValidationError.

    The default of settings.FILE_SCAN; a deployment with an antivirus names its own function, which gets the file too.
    """
    ending = ending_of(str(file.name))
    signatures = TYPES[ending][1]
    beginning = file.read(BEGINNING)
    file.seek(0)
    late = ending == "pdf" and _begins_late(beginning)
    if signatures and not late and not beginning.startswith(signatures):
        raise ValidationError(_("« %(name)s » n’est pas un vrai fichier de ce type.") % {"name": file.name})
    if not signatures and (
        b"\x00" in beginning or beginning.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg"))
    ):
        raise ValidationError(_("« %(name)s » n’est pas du texte simple.") % {"name": file.name})


def check_file(file: UploadedFile) -> None:
    """Refuse a file that is empty, too big, of another type, unreadable, or that the scan refuses.

    Raises ValidationError.
    """
    ending = ending_of(str(file.name))
    if is_heic(file):  # phones send them under any name
        raise ValidationError(_("« %(name)s » : %(why)s") % {"name": file.name, "why": HEIC_REFUSED})
    if ending not in TYPES:
        kinds = ", ".join(sorted(TYPES))
        raise ValidationError(_("Ce type de fichier n’est pas accepté. Acceptés : %(kinds)s.") % {"kinds": kinds})
    if not file.size:
        raise ValidationError(_("« %(name)s » est vide.") % {"name": file.name})
    if file.size > MAX_SIZE:
        most = MAX_SIZE // MEGABYTE
        raise ValidationError(_("« %(name)s » dépasse %(most)d Mo.") % {"name": file.name, "most": most})
    scan: Callable[[Any], None] = import_string(settings.FILE_SCAN)
    scan(file)
    if ending in IMAGES:
        try:
            without_metadata(file)
        except ImageRefused as error:
            raise ValidationError(f"« {file.name} » : {error}") from error
        file.seek(0)


def check_files(files: Iterable[UploadedFile]) -> tuple[list[UploadedFile], list[ValidationError]]:
    """Return the files that are taken, and why each of the others is not."""
    taken, refused = [], []
    for file in files:
        try:
            check_file(file)
        except ValidationError as error:
            refused.append(error)
        else:
            taken.append(file)
    return taken, refused
