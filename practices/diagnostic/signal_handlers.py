"""An account that had prepared a diagnostic has just been approved."""

from typing import Any

from django.dispatch import receiver

from kb_site.accounts.models import User
from kb_site.accounts.signals import account_approved

from .services import open_prepared


@receiver(account_approved)
def open_what_was_ready(user: User, **kwargs: Any) -> None:
    open_prepared(author=user)
