"""The picture of a shared link and the code on paper: of what any visitor reads, and of nothing else."""

from collections.abc import Callable
from threading import Lock
from typing import Any

import qrcode
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathImage

from kb_site.addresses import absolute
from kb_site.http import KEPT_BY_ALL

from . import picture
from .kinds import Shared, kind_named

DAY = 24 * 3600
_drawing = Lock()  # one picture at a time in a process: whoever asks for many waits, others are answered


def _shared(kind: str, key: int) -> Shared:
    """Return what a visitor may see of this thing. Raises Http404, the same for what is closed and for what is not."""
    found = kind_named(kind)
    thing = found.public().filter(pk=key).first() if found else None
    if found is None or thing is None:
        raise Http404
    return found.describe(thing)


def _answer(request: HttpRequest, tag: str, make: Callable[[], bytes], media_type: str) -> HttpResponse:
    """Answer with what is made for this tag, or that the copy at hand is still right (304)."""
    etag = quote_etag(tag)
    known = etag in parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponse(status=304) if known else HttpResponse(make(), content_type=media_type)
    response["ETag"] = etag
    response["Cache-Control"] = KEPT_BY_ALL
    return response


@require_safe
def share_picture(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """The picture of this page, drawn once for its words."""
    shared = _shared(kind, key)
    tag = picture.digest(shared)

    def kept_or_drawn() -> bytes:
        kept: Any = caches["pages"].get(f"picture:{tag}")
        if kept is None:
            with _drawing:
                kept = picture.draw(shared)
            caches["pages"].set(f"picture:{tag}", kept, timeout=30 * DAY)
        return bytes(kept)

    return _answer(request, tag, kept_or_drawn, "image/png")


@require_safe
def share_code(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """The address of this page as a QR code, for paper."""
    address = absolute(_shared(kind, key).path)

    def code() -> bytes:
        return bytes(qrcode.make(address, image_factory=SvgPathImage, border=1).to_string())

    return _answer(request, f"{address}", code, "image/svg+xml")
