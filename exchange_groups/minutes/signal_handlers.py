"""A session ended, or was added to since; a card drawn from one has just been published, whichever way."""

from contextlib import suppress
from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from exchange_groups.sessions.models import Session
from practices.models import PracticePage

from ..signals import session_noted
from .services.cards import tell_of_card
from .services.errors import NotEditable
from .services.writing import write_minutes


@receiver(session_noted, sender=Session)
def follow_notes(session: Session, **kwargs: Any) -> None:
    """Keep the draft of the minutes up with the notes: nobody copies anything."""
    with suppress(NotEditable):
        write_minutes(session=session, by=None)


@receiver(page_published, sender=PracticePage)
def card_published(instance: PracticePage, **kwargs: Any) -> None:
    tell_of_card(card=instance)
