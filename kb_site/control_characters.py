"""Characters that nobody sees and that no file may hold: kept out of what is stored, and of what is written out.

The one gate of texts: what comes in has composed letters (NFC) too, so that the same word is the same row.

They come with a paste from a word processor or a spreadsheet. PostgreSQL refuses NUL; XML 1.0 (feeds, DOCX, XLSX) refuses
the others, and RFC 5545 refuses control characters in calendars: a single one breaks the file of everybody else.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from django.db.models import CharField, JSONField, Model, TextField
from django.http import HttpRequest, QueryDict

# A line or a page broken by hand: a space, since a title or the subject of a mail has one line.
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


# They turn or hide the words around them, or are blank where a letter is expected; joiners stay, emoji and some alphabets are
# made with them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
# Marks over and under Latin, Greek and Cyrillic letters: those of a language stand two on a letter at most, once composed.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
_PILE_OF_MARKS = re.compile(f"({_MARK}{{2}}){_MARK}+")


# Letters that a printer glued, and that a paste from a PDF brings: « ﬁche » would not be found by « fiche ».
_GLUED = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


def as_read(text: str) -> str:
    """Return the same words with composed letters, nothing that hides, turns or covers them, one sign for an end of line."""
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _PILE_OF_MARKS.sub(r"\1", _INVISIBLE.sub("", whole))


def without_control_characters(text: str) -> str:
    """Return the text without what XML or a calendar forbids; tabs and ends of lines stay."""
    return _FORBIDDEN.sub("", _BREAK.sub(" ", text))


def as_stored(text: str) -> str:
    """Return the text as it is stored and searched: composed letters, no letters glued by a printer, nothing that files forbid."""
    whole = text if text.isascii() else unicodedata.normalize("NFC", text.translate(_GLUED))
    return without_control_characters(whole)


def cleaned(value: Any) -> Any:
    """Return what JSON may hold, its texts cleaned."""
    if isinstance(value, str):
        return as_stored(value)
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item) for key, item in value.items()}
    return [cleaned(item) for item in value] if isinstance(value, list) else value


@cache
def _texts_of(model: type[Model]) -> tuple[str, ...]:
    return tuple(
        field.attname for field in model._meta.concrete_fields if isinstance(field, CharField | TextField | JSONField)
    )


def clean_before_saving(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Receive pre_save: whatever the way in (import, mail, command, editing screen), the texts of a row are clean."""
    for name in _texts_of(sender):
        value = instance.__dict__.get(name)  # a deferred field is not read for this
        if isinstance(value, str | dict | list) and (clean := cleaned(value)) != value:
            setattr(instance, name, clean)


class CleanTextMiddleware:
    """Takes them out of what forms and addresses send, before anything reads it.

    Some services write with a queryset's update(), which tells nobody; and a form would refuse NUL with words about a
    character that the person cannot see.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        request.GET = _clean(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        # The doors of machines (csrf_exempt) read the raw request themselves.
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _clean(request.POST)  # type: ignore[assignment]


def _clean(data: QueryDict) -> QueryDict:
    if all(as_stored(value) == value for _key, values in data.lists() for value in values):
        return data
    clean = data.copy()
    for key, values in data.lists():
        clean.setlist(key, [as_stored(value) for value in values])
    clean._mutable = False
    return clean
