"""A card proposed by a member has just been published, by hand, by its workflow or by the schedule."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from ..models import PracticePage
from .services.proposals import welcome_publication


@receiver(page_published, sender=PracticePage)
def card_published(instance: PracticePage, **kwargs: Any) -> None:
    welcome_publication(card=instance)
