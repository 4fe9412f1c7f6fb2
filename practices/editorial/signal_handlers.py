"""A card proposed by a member has just been published, by hand, by its workflow or by the schedule; an account that had
prepared one has just been approved."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from kb_site.accounts.models import User
from kb_site.accounts.signals import account_approved
from kb_site.jobs import defer

from ..models import PracticePage
from .services.proposals import welcome_publication


@receiver(page_published, sender=PracticePage)
def card_published(instance: PracticePage, **kwargs: Any) -> None:
    welcome_publication(card=instance)


@receiver(account_approved)
def send_what_was_ready(user: User, **kwargs: Any) -> None:
    defer("proposals.send_prepared", author=user.pk)
