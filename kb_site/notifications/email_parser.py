"""Reads a mail whatever its headers: programs write some that no parser foresaw, and the words under them matter."""

import email
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses
from typing import Any

ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


class TolerantPolicy(EmailPolicy):
    """Python's reading of headers, where one that makes it fail is left as it was written, on one line."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            parsed = super().header_fetch_parse(name, value)
            str(parsed)
        except Exception:  # its parser raises whatever it stumbles upon: IndexError, AttributeError, ValueError…
            # Those that say how to read a part are objects or nothing: a part without them is plain text.
            return None if name.lower().startswith("content-") else " ".join(value.split())
        return parsed


def read_message(raw: bytes) -> EmailMessage:
    """Return the message of these bytes (RFC 5322)."""
    return email.message_from_bytes(raw, _class=EmailMessage, policy=TolerantPolicy())  # type: ignore[arg-type]


def header(message: EmailMessage, name: str) -> str:
    """Return a header as text, "" when it is not there or cannot be read."""
    return str(message.get(name) or "").strip()


def addressed_to(message: EmailMessage) -> Iterator[str]:
    """Yield the addresses that a message was for: what the server added first, then what its sender wrote."""
    for name in ADDRESSED:
        for value in message.get_all(name, []):
            # One field at a time: what is odd in one takes nothing away from the others.
            yield from (address for _name, address in getaddresses([str(value or "")]))
