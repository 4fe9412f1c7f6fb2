"""A card drawn from talk has just been published, by hand, by its workflow or by the schedule; a file is forgotten."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published

from practices.models import PracticePage

from .models import KeptFile, TopicFile
from .services.cards import welcome_card


@receiver(page_published, sender=PracticePage)
def card_published(instance: PracticePage, **kwargs: Any) -> None:
    welcome_card(card=instance)


@receiver(post_delete, sender=TopicFile)
@receiver(post_delete, sender=KeptFile)
def file_forgotten(instance: TopicFile | KeptFile, **kwargs: Any) -> None:
    """What is erased from the site is erased from its storage too."""
    storage, name = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(name))
