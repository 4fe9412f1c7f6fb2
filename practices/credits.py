"""The names that cards give as credits."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Revision

from .models import PracticePage


def take_name_off(*, cards: Iterable[PracticePage], name: str) -> None:
    """Replace a name by « Ancien membre » in the credits of these cards, former versions included.

    For the end of an account: the rest of the credits stays as it is, nothing is published by it.
    """
    if not name:
        return
    anonymous = _("Ancien membre")
    for card in cards:
        if name in card.credits:
            card.credits = card.credits.replace(name, anonymous)
            card.save(update_fields=["credits"], clean=False)
        page = ContentType.objects.get_for_model(PracticePage)
        versions = Revision.objects.filter(content_type=page, object_id=str(card.pk), content__credits__contains=name)
        for version in versions.iterator(chunk_size=50):
            version.content["credits"] = version.content["credits"].replace(name, anonymous)
            Revision.objects.filter(pk=version.pk).update(content=version.content)
