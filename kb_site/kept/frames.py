"""A page made once for all who share its rights, with places left for what is of each person (`{% mine %}`).

The page is made for a reader who holds these rights and is nobody (accounts/common_reader.py). What its template marks as
the reader's own leaves a place, with the few values that it is made from; it is made for each reader, in its place.
A page that asks who reads it anywhere else is not kept, and is made for each.
"""

import copy
import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from hashlib import blake2s
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import JSONField, Model, TextField
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import RequestContext
from django.template.base import Node, Template
from django.template.loader import get_template
from django.template.response import SimpleTemplateResponse

from kb_site.accounts.common_reader import Personal

from .things import kept

log = logging.getLogger(__name__)

SECRET = "CSRF_COOKIE"  # noqa: S105 (where Django puts the secret of a token that a form was given)
PLACE = re.compile("\ue000(\\d+)\ue001")  # private characters of Unicode: no page holds them


class Place(NamedTuple):
    """A block of a template, found again by its template and its rank there, and the values that it is made from."""

    template: str
    rank: int
    given: dict[str, Any]


class Frame(NamedTuple):
    html: str
    headers: dict[str, str]
    places: list[Place]


class Light(NamedTuple):
    """A row as a place remembers it: without its texts, which it would ask the database for."""

    model: str
    names: tuple[str, ...]
    values: tuple[Any, ...]


_places: ContextVar[list[Place] | None] = ContextVar("kept_places", default=None)
_blocks: dict[tuple[str, int], Node] = {}


def know(template: str, rank: int, block: Node) -> None:
    """Remember a block of a template that was read."""
    _blocks[template, rank] = block


def leave_place(template: str, rank: int, given: dict[str, Any]) -> str | None:
    """Return what stands in a page kept for what is the reader's own; None where the page is made for this reader."""
    places = _places.get()
    if places is None:
        return None
    places.append(Place(template, rank, {name: _light(value) for name, value in given.items()}))
    return f"\ue000{len(places) - 1}\ue001"


Respond = Callable[[HttpRequest], HttpResponseBase]


def framed(request: HttpRequest, key: str, respond: Respond, reader: Any) -> HttpResponseBase:
    """Answer with the page kept under this key, what is this person's own in its places.

    The key names the rights of those who get it, and `reader` holds them alone (accounts/common_reader.py).
    """
    key = f"frame:{_release()}:{key}"
    frame = kept(key, lambda: _made(request, respond, reader), worth=lambda frame: frame is not None)
    if frame is None:
        return respond(request)
    html = _filled(frame, request) if frame.places else frame.html
    return HttpResponse(html, headers=frame.headers)


def _made(request: HttpRequest, respond: Respond, reader: Any) -> Frame | None:
    asked = copy.copy(request)
    asked.user = reader  # type: ignore[assignment]
    asked.META, asked.COOKIES, asked.session = request.META.copy(), {}, _NoSession()  # type: ignore[assignment]
    asked.META.pop(SECRET, None)
    places: list[Place] = []
    token = _places.set(places if reader.is_authenticated else None)  # visitors have nothing of their own
    try:
        response = respond(asked)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
    except Personal as question:
        log.warning("A page that could be kept asks who reads it: %s, at %s", question, request.path)
        return None
    finally:
        _places.reset(token)
    if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse) or response.cookies:
        return None
    if SECRET in asked.META:
        log.warning("A page that could be kept holds a form of one person, at %s", request.path)
        return None
    return Frame(response.content.decode(), dict(response.items()), places)


@cache
def _release() -> str:
    """Name the templates that this process reads: places of a page made from others would be filled with other blocks."""
    files = sorted(path for folder in settings.TEMPLATES[0]["DIRS"] for path in Path(folder).rglob("*.html"))
    seen = "".join(f"{path}{path.stat().st_mtime_ns}" for path in files)
    return blake2s(seen.encode(), digest_size=8).hexdigest()


class _NoSession:
    def __getattr__(self, name: str) -> Any:
        raise Personal(f"session.{name}")

    def __getitem__(self, name: str) -> Any:
        raise Personal(f"session[{name}]")


def _filled(frame: Frame, request: HttpRequest) -> str:
    """Return the page with what is this reader's own, in one context for all its places."""
    made: list[str] = []
    context = RequestContext(request)
    first = get_template(frame.places[0].template)
    typeset = getattr(first, "typeset", str)  # as the whole page was (template_backend.py)
    base: Template = first.template  # type: ignore[attr-defined]
    with context.bind_template(base), context.render_context.push_state(base):
        for place in frame.places:
            if (place.template, place.rank) not in _blocks:
                get_template(place.template)
            with context.push(**{name: _whole(value) for name, value in place.given.items()}):
                made.append(typeset(_blocks[place.template, place.rank].render_own(context)))  # type: ignore[attr-defined]
    return PLACE.sub(lambda found: made[int(found[1])], frame.html)


def _light(value: Any) -> Any:
    if not isinstance(value, Model):
        return value
    loaded = value.__dict__
    fields = [
        field
        for field in value._meta.concrete_fields
        if field.attname in loaded and not isinstance(field, TextField | JSONField)
    ]
    return Light(
        value._meta.label, tuple(field.attname for field in fields), tuple(loaded[field.attname] for field in fields)
    )


def _whole(value: Any) -> Any:
    return apps.get_model(value.model).from_db(None, value.names, value.values) if isinstance(value, Light) else value
