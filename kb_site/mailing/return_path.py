"""The address to which mail servers send back what they could not deliver: signed for one person and the address written to.

With BOUNCE_ADDRESS, each mail leaves with its own return path (`retours+12.<signature>@…`). Whoever forges a report of failure
would have to know it: only the servers that carried the mail do. It says nothing once the person's address has changed.
"""

import base64
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.crypto import constant_time_compare, salted_hmac

from kb_site.http import is_id

_SALT = "mailing.return_path"
_PARTS = 2


def _signature(person: int, email: str) -> str:
    digest = salted_hmac(_SALT, f"{person} {email.lower()}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()


def return_path(person: Any) -> str:
    """Return the envelope sender of the mails to this person, "" when reports come otherwise."""
    mailbox, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    if not domain or not person.pk:  # somebody who has no account yet
        return ""
    return f"{mailbox}+{person.pk}.{_signature(person.pk, person.email)}@{domain}"


def person_behind(address: str) -> Any:
    """Return the account whose mails leave with this return path; None when it was not made here, or for a former address."""
    mailbox, _plus, token = address.partition("@")[0].lower().partition("+")
    parts = token.split(".")
    if mailbox != settings.BOUNCE_ADDRESS.partition("@")[0].lower() or len(parts) != _PARTS or not token.isascii():
        return None
    person = get_user_model()._default_manager.filter(pk=parts[0]).first() if is_id(parts[0]) else None
    known = person is not None and constant_time_compare(parts[1], _signature(person.pk, person.email))
    return person if known else None
