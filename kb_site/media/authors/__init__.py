"""Documents (PDF, office) without their author, last editor, place nor device."""

from collections.abc import Callable
from typing import IO

from . import office, pdf
from .errors import AuthorStays

# Ending → how such a file loses its author; images have kb_site/media/metadata.py.
WITHOUT_AUTHOR: dict[str, Callable[[IO[bytes]], bytes]] = {
    "pdf": pdf.without_author,
    **dict.fromkeys(("docx", "xlsx", "odt", "ods", "pptx", "odp"), office.without_author),
}

__all__ = ["WITHOUT_AUTHOR", "AuthorStays"]
