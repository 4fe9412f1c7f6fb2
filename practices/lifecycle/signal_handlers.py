"""A card that is published again has not ended."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from ..models import PracticePage
from .services.archiving import forget_ending


@receiver(page_published, sender=PracticePage)
def card_published(instance: PracticePage, **kwargs: Any) -> None:
    forget_ending(card=instance)
