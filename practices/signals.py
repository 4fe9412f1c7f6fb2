"""Tells the followers of its themes that a card is published."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from .models import PracticePage
from .publication import announce_card


@receiver(page_published, sender=PracticePage)
def tell_followers(instance: PracticePage, **kwargs: Any) -> None:
    announce_card(page=instance)
