"""A card drawn from a session has just been published, by hand, by its workflow or by the schedule."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from practices.models import PracticePage

from .services.cards import tell_of_card


@receiver(page_published, sender=PracticePage)
def card_published(instance: PracticePage, **kwargs: Any) -> None:
    tell_of_card(card=instance)
