"""Tells the coordinators that an account waits, once its address is confirmed."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from .services import announce_account


@receiver(email_confirmed)
def tell_coordinators(email_address: EmailAddress, **kwargs: Any) -> None:
    announce_account(user=email_address.user)
