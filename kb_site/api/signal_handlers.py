"""What is published or withdrawn is announced, in the transaction of the change."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from .reading import KINDS
from .webhooks import PUBLISHED, RETIRED, UPDATED, announce


@receiver(page_published)
def announce_publication(instance: Any, **kwargs: Any) -> None:
    """A page that goes online, or changes there."""
    if type(instance) in KINDS.values():
        first = instance.first_published_at == instance.last_published_at
        announce(PUBLISHED if first else UPDATED, instance)


@receiver(page_unpublished)
def announce_withdrawal(instance: Any, **kwargs: Any) -> None:
    """A page taken offline."""
    if type(instance) in KINDS.values():
        announce(RETIRED, instance)
