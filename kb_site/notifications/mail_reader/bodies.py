"""The parts of a message that hold its words, in the order in which they are read; its files are left where they are."""

from dataclasses import dataclass
from email.message import EmailMessage

from .charsets import text_of

LONGEST = 1_000_000  # characters of one part: nobody answers at greater length, and what follows is quoted
DEEPEST = 20  # parts within parts


@dataclass(frozen=True)
class Body:
    """Words of the message in one or two forms, either may be empty. `flowed`, `delsp`: the plain one is RFC 3676's."""

    plain: str = ""
    html: str = ""
    flowed: bool = False
    delsp: bool = False


def bodies_of(message: EmailMessage) -> list[Body]:
    """Return what the sender wrote, piece by piece: one, or more where pictures stand between words."""
    return _bodies(message, 0)


def is_file(part: EmailMessage) -> bool:
    """Whether a part of text is a file that was joined, however it is shown."""
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""


def _parts(message: EmailMessage) -> list[EmailMessage]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, EmailMessage)] if isinstance(payload, list) else []


def _bodies(part: EmailMessage, depth: int) -> list[Body]:
    kind = part.get_content_type()
    words = not depth or not is_file(part)  # alone, a text is what was written, whatever its headers
    found: list[Body] = []
    if depth > DEEPEST:
        pass
    elif kind == "multipart/alternative" and part.is_multipart():
        found = _alternative(part, depth)
    elif kind in ("multipart/related", "multipart/signed") and part.is_multipart():
        found = next(filter(None, (_bodies(one, depth + 1) for one in _parts(part))), [])
    elif part.is_multipart() and not kind.startswith("message/"):
        found = _sequence(part, depth)
    elif kind == "text/html" and words:
        found = [Body(html=text_of(part)[:LONGEST])]
    # A multipart without any boundary that stands there is read as it is.
    elif (kind in ("text/plain", "text/enriched") and words) or kind.startswith("multipart/"):
        found = [_plain(part)]
    return found


def _plain(part: EmailMessage) -> Body:
    def parameter(name: str) -> str:
        try:
            return str(part.get_param(name, "") or "").lower()
        except (ValueError, LookupError, AttributeError, TypeError):
            return ""

    flowed = parameter("format") == "flowed"
    return Body(plain=text_of(part)[:LONGEST], flowed=flowed, delsp=flowed and parameter("delsp") == "yes")


def _alternative(part: EmailMessage, depth: int) -> list[Body]:
    """One body in two forms; with pictures between words, Apple's programs give the HTML in several pieces."""
    plain = html = Body()
    pieces: list[Body] = []
    for one in _parts(part):
        found = _bodies(one, depth + 1)
        if len(found) > 1:
            pieces = found
        elif found and found[0].html:
            html = found[0]
        elif found:
            plain = found[0]
    if pieces and not any(body.html for body in pieces) and html.html:
        pieces = []
    if pieces:
        return pieces
    both = Body(plain.plain, html.html, plain.flowed, plain.delsp)
    return [both] if both.plain or both.html else []


def _sequence(part: EmailMessage, depth: int) -> list[Body]:
    """The first words, then those that come after a picture or a file; words added right after words are a list's or a
    gateway's."""
    kept: list[Body] = []
    after_words = False
    for one in _parts(part):
        found = _bodies(one, depth + 1)
        if found and not (kept and after_words):
            kept += found
        after_words = bool(found)
    return kept
