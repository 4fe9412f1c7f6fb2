"""Tells the followers of its themes that a card is published; keeps the index of the editing screens in line."""

from typing import Any

from django.dispatch import receiver
from wagtail.search import index
from wagtail.signals import page_published

from kb_site.redaction import rewritten

from .models import PracticePage
from .notify import announce_card


@receiver(page_published, sender=PracticePage)
def tell_followers(instance: PracticePage, **kwargs: Any) -> None:
    announce_card(page=instance)


@receiver(rewritten, sender=PracticePage)
def index_card(instance: PracticePage, **kwargs: Any) -> None:
    index.insert_or_update_object(PracticePage.objects.get(pk=instance.pk))
