"""Characters that nobody sees and that no file may hold: kept out of what is stored, and of what is written out.

They come with a paste from a word processor or a spreadsheet. PostgreSQL refuses NUL; XML 1.0 (feeds, DOCX, XLSX) refuses
the others, and RFC 5545 refuses control characters in calendars: a single one breaks the file of everybody else.
"""

import re
from functools import cache
from typing import Any

from django.db.models import CharField, JSONField, Model, TextField
from django.http import HttpRequest, QueryDict

# A line or a page broken by hand: a space, since a title or the subject of a mail has one line.
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_control_characters(text: str) -> str:
    """Return the text without what XML or a calendar forbids; tabs and ends of lines stay."""
    return _FORBIDDEN.sub("", _BREAK.sub(" ", text))


def cleaned(value: Any) -> Any:
    """Return what JSON may hold, its texts cleaned."""
    if isinstance(value, str):
        return without_control_characters(value)
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
    if not any(_BREAK.search(value) or _FORBIDDEN.search(value) for _key, values in data.lists() for value in values):
        return data
    clean = data.copy()
    for key, values in data.lists():
        clean.setlist(key, [without_control_characters(value) for value in values])
    clean._mutable = False
    return clean
