"""Signed addresses that work without signing in: stop a mail, reply to a mail, agree to a reply that was held.

A stop token names a person and what to stop, and never expires: the link of an old mail must still work. A reply
address fits in the 64 characters of a local part and survives servers that put it in lower case.
"""

import base64
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from kb_site.http import is_id

_STOP = signing.Signer(salt="notifications.stop")
_HELD = signing.Signer(salt="notifications.held")
_REPLY_SALT = "notifications.reply"
REPLY_PARTS = 4
LOCAL_PART = 64  # characters before the @ (RFC 5321)


@dataclass(frozen=True)
class Stop:
    """What one person asked to receive no more: "suivi:12", "genre:comment_reply", "rythme:daily" (see kb_site/notifications/unsubscribe.py)."""

    person: int
    scope: str


def stop_token(*, person: int, scope: str) -> str:
    """Return the token of a stop link."""
    return _STOP.sign(f"{person}:{scope}")


def read_stop_token(token: str) -> Stop | None:
    """Return what a token asks for, or None when it was not made here."""
    try:
        person, _colon, scope = _STOP.unsign(token).partition(":")
        return Stop(int(person), scope)
    except (signing.BadSignature, ValueError):
        return None


def stop_url(*, person: int, scope: str) -> str:
    """Return the full address that stops a mail."""
    return f"{settings.SITE_URL}{reverse('stop_mails', args=[stop_token(person=person, scope=scope)])}"


@dataclass(frozen=True)
class ReplyTo:
    """Who may write by mail, through which handler, under which thing."""

    person: int
    handler: str
    about: int


def _reply_signature(person: int, handler: str, about: int) -> str:
    digest = salted_hmac(_REPLY_SALT, f"{person}.{handler}.{about}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()


def reply_address(*, person: int, handler: str, about: int) -> str:
    """Return the address that takes this person's reply, or "" when the site receives no mail."""
    mailbox, _at, domain = settings.REPLY_ADDRESS.partition("@")
    if not domain:
        return ""
    return f"{mailbox}+{person}.{handler}.{about}.{_reply_signature(person, handler, about)}@{domain}"


def read_reply_address(address: str) -> ReplyTo | None:
    """Return what a reply address stands for, or None when it was not made here."""
    token = address.partition("@")[0].partition("+")[2].lower()
    parts = token.split(".")
    if len(token) > LOCAL_PART or len(parts) != REPLY_PARTS or not token.isascii():
        return None
    if not (is_id(parts[0]) and is_id(parts[2])):
        return None
    person, handler, about = int(parts[0]), parts[1], int(parts[2])
    if not constant_time_compare(parts[3], _reply_signature(person, handler, about)):
        return None
    return ReplyTo(person, handler, about)


def held_reply_url(held: int) -> str:
    """Return the full address where its author agrees to a held reply; how long it lasts is the reply's own."""
    return f"{settings.SITE_URL}{reverse('held_reply', args=[_HELD.sign(str(held))])}"


def read_held_reply_token(token: str) -> int | None:
    """Return the id of the held reply, or None when the token was not made here."""
    try:
        return int(_HELD.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
