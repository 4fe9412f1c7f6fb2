"""A card drawn from talk has just been published, by hand, by its workflow or by the schedule."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from practices.models import PracticePage

from .services.cards import welcome_card


@receiver(page_published, sender=PracticePage)
def card_published(instance: PracticePage, **kwargs: Any) -> None:
    welcome_card(card=instance)
