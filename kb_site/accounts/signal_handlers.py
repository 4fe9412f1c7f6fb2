"""Once its address is confirmed: an invited account joins its structure, any other waits for the coordinators."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from .services.approval import announce_account
from .services.structures import accept_invitation


@receiver(email_confirmed)
def welcome(email_address: EmailAddress, **kwargs: Any) -> None:
    if not accept_invitation(user=email_address.user):
        announce_account(user=email_address.user)
