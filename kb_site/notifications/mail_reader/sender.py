"""Who sent a message, read from its `From` as it was written, without the parsers of the library: what they make of an odd
address changes from one version of Python to the next.

One account alone is named there, or nobody is. What a forger may add around (comments, other addresses, routes, encoded
words that look like an address) makes it nobody's.
"""

import re
from email.message import EmailMessage

from ..email_parser import header

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ENCODED = re.compile(r"=\?[^?\s]{1,40}\?[bq]\?[^?]*\?=", re.IGNORECASE)
_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"
_NAMED = re.compile(rf"^[^<>()@:;]*<\s*({_ADDRESS})\s*>$")
_BARE = re.compile(rf"^({_ADDRESS})$")
_AFTER = re.compile(rf"^({_ADDRESS})\s*\([^()@<>]*\)$")  # « karim@example.org (Karim) », RFC 822's way
LONGEST = 1000
LONGEST_NAME = 100
_FAILED = re.compile(r"\bdmarc\s*=\s*(?:fail|permerror)\b", re.IGNORECASE)
_PASSED = re.compile(r"\bdmarc\s*=\s*pass\b", re.IGNORECASE)
_SPF_OR_DKIM_FAILED = re.compile(r"\b(?:spf|dkim)\s*=\s*(?:fail|softfail|permerror)\b", re.IGNORECASE)
_SPF_OR_DKIM_PASSED = re.compile(r"\b(?:spf|dkim)\s*=\s*pass\b", re.IGNORECASE)


def _as_written(message: EmailMessage, name: str) -> list[str]:
    raw = (str(value) for key, value in message.raw_items() if str(key).lower() == name.lower())
    return [re.sub(r"\r?\n[ \t]", " ", value).strip() for value in raw]


def sender_of(message: EmailMessage) -> str:
    """Return the one address that `From` names; "" when there is none, several, or it can be read in two ways."""
    fields = _as_written(message, "From")
    if len(fields) != 1 or len(fields[0]) > LONGEST:
        return ""
    plain = _ENCODED.sub("x", _QUOTED.sub("x", fields[0]))
    found = _NAMED.match(plain) or _BARE.match(plain) or _AFTER.match(plain)
    return found.group(1) if found else ""


def display_name(message: EmailMessage) -> str:
    """Return the name that the sender's program signs with; "" when there is none that can be read."""
    words = header(message, "From").partition("<")[0].strip("\"' ")
    return "" if "@" in words else words[:LONGEST_NAME]


def was_forged(message: EmailMessage, *, server: str) -> bool:
    """Whether our own mail server says that the sender is not who `From` names (RFC 8601).

    `server`: the name under which it writes `Authentication-Results`; only those are read, and the server takes away those
    that come with the message. "" when it writes none: then nothing is known.
    """
    if not server:
        return False
    results = " ".join(
        value for value in _as_written(message, "Authentication-Results")
        if value.partition(";")[0].split(" ")[0].strip().lower() == server.lower()
    )  # fmt: skip
    if _PASSED.search(results):
        return False
    if _FAILED.search(results):
        return True
    return bool(_SPF_OR_DKIM_FAILED.search(results)) and not _SPF_OR_DKIM_PASSED.search(results)
