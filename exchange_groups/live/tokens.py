"""The pass that lets a page ask for the version of a session without the cookies of its reader.

It is given with each answer that checked the rights, holds for half an hour, and opens one number: the version.
What changed is read through the door of the page, where rights are checked again.
"""

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

HOLDS_SECONDS = 30 * 60
_signer = TimestampSigner(salt="exchange_groups.live.tokens")


def pulse_address(session_id: int) -> str:
    """Return the address that tells the version of this session, with a pass valid from now."""
    _id, pass_ = _signer.sign(str(session_id)).split(":", 1)
    return reverse("live_pulse", args=[session_id, pass_])


def is_valid(session_id: int, pass_: str) -> bool:
    """Whether the pass was given for this session and still holds."""
    try:
        _signer.unsign(f"{session_id}:{pass_}", max_age=HOLDS_SECONDS)
    except BadSignature:
        return False
    return True
