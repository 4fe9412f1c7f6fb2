"""Passkeys go in the journal. Once its address is confirmed: an invited account joins its structure, any other waits for the coordinators."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from kb_site.journal.services import record

from . import sensitive_acts
from .services.approval import announce_account
from .services.structures import accept_invitation
from .sessions import end_with_browser_if_shared


@receiver(email_confirmed)
def welcome(email_address: EmailAddress, **kwargs: Any) -> None:
    """The address is confirmed: the account takes its invitation, or the coordinators hear of it."""
    if not accept_invitation(user=email_address.user):
        announce_account(user=email_address.user)


@receiver(authenticator_added)
def passkey_added(user: Any, **kwargs: Any) -> None:
    """Write it in the journal."""
    record(sensitive_acts.PASSKEY_ADDED, by=user)


@receiver(authenticator_removed)
def passkey_removed(user: Any, **kwargs: Any) -> None:
    """Write it in the journal."""
    record(sensitive_acts.PASSKEY_REMOVED, by=user)


@receiver(user_logged_in)
def signed_in(request: HttpRequest, **kwargs: Any) -> None:
    end_with_browser_if_shared(request)
