"""Signed addresses sent to people who may have no account yet."""

from django.core import signing

from .models import Invitation

_INVITATION = signing.Signer(salt="members.invitation")


def invitation_token(invitation: Invitation) -> str:
    """Return the token of an invitation's address."""
    return _INVITATION.sign(str(invitation.pk))


def read_invitation_token(token: str) -> int | None:
    """Return the id of the invitation, or None when the token was not made here."""
    try:
        return int(_INVITATION.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
