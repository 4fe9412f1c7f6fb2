"""Reads what a mail server says it could not deliver, from its own mail (RFC 3464, with the codes of RFC 3463)."""

import re
from email.message import Message

from .bounces import Kind

DELIVERED = "delivered"
# A class of 5 says for good, but for what does not last: a full mailbox, too large a mail, a server in trouble, a time that
# ran out, a filter.
_PASSING = re.compile(r"5\.(?:2\.[23]|3\.[0145]|4\.[1257]|7\.\d{1,3})$")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


def read_report(message: Message) -> str:
    """Return what became of our mail: a kind of AddressProblem, « delivered », "" when this is no report or it is only late."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            return _said_of_recipient(part)
    return ""


def _said_of_recipient(part: Message) -> str:
    """Each mail of ours has one recipient: the last block that names an action is theirs."""
    blocks = part.get_payload()
    fields = [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else []
    for block in reversed(fields):
        action = str(block.get("Action", "")).strip().lower()
        if action in ("delivered", "relayed", "expanded"):
            return DELIVERED
        if action == "failed":
            found = _STATUS.search(f"{block.get('Status', '')} {block.get('Diagnostic-Code', '')}")
            status = found[0] if found else ""
            return str(Kind.BOUNCE if status.startswith("5") and not _PASSING.match(status) else Kind.SOFT_BOUNCE)
    return ""
