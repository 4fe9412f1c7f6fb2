"""Who leaves a group gives back the places that they may not know of any more."""

from typing import Any

from django.dispatch import receiver

from kb_site.accounts.models import User

from ..signals import member_left
from .services.places import give_up_places


@receiver(member_left)
def member_gone(user: User, **kwargs: Any) -> None:
    give_up_places(user=user)
