"""The link of a mail that opens the form « J’ai essayé » without signing in.

It names one person and one card, serves this form only, and expires. It opens no session and shows nothing else.
"""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from kb_site.accounts.models import User
from kb_site.addresses import absolute

from ..models import PracticePage

SALT = "experiences.told-by-mail"
LIFETIME_SECONDS = 60 * 60 * 24 * 30


class LinkExpired(Exception):
    """The link was true and is too old; `card_id` says where it led."""

    def __init__(self, card_id: int) -> None:
        super().__init__(card_id)
        self.card_id = card_id


class LinkBroken(Exception):
    """The link was cut or made up, or the account or the card has gone."""


@dataclass(frozen=True)
class Invitation:
    """Who may tell what they tried, on which card. One link stores one experience: its key comes from the link."""

    user: User
    card: PracticePage
    submission_key: uuid.UUID


def experience_token(user: User, card: PracticePage) -> str:
    """Return the signed part of the link for this person and this card."""
    return signing.dumps([user.pk, card.pk], salt=SALT, compress=False)


def experience_link(user: User, card: PracticePage) -> str:
    """Return the whole address to write in a mail."""
    return absolute(reverse("experience_by_link", args=[experience_token(user, card)]))


def read_token(token: str) -> Invitation:
    """Return what a link opens, the rights of the account being read again now.

    Raises LinkExpired or LinkBroken.
    """
    try:
        user_id, card_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkBroken from error
    try:
        signing.loads(token, salt=SALT, max_age=LIFETIME_SECONDS)
    except signing.SignatureExpired as error:
        raise LinkExpired(card_id) from error
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.is_approved:
        raise LinkBroken
    card = PracticePage.objects.visible_to(user).filter(pk=card_id).first()
    if card is None:
        raise LinkBroken
    return Invitation(user, card, uuid.uuid5(uuid.NAMESPACE_URL, token))
