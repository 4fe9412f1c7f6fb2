"""Archiving a card with a reason, replacing it by another, publishing and expiring at the chosen time."""

import datetime
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from ...models import PracticePage
from ..models.archiving import CardEnding

logger = logging.getLogger(__name__)


class NotOnline(Exception):
    """Only a published card is archived or replaced, and by a published card."""


class ReplacedByItself(Exception):
    """A card cannot be replaced by itself."""


@transaction.atomic
def archive_card(*, card: PracticePage, by: Any, reason: str) -> CardEnding:
    """Take a card off the site; its address then says why. Raises NotOnline."""
    ending = _end(card=card, by=by, reason=reason, replacement=None)
    log(instance=card, action="lifespan.archive", user=by, data={"reason": reason})
    return ending


@transaction.atomic
def replace_card(*, card: PracticePage, by: Any, replacement: PracticePage, reason: str) -> CardEnding:
    """Take a card off the site; its address then leads to its replacement. Raises NotOnline or ReplacedByItself."""
    if replacement.pk == card.pk:
        raise ReplacedByItself
    if not PracticePage.objects.live().filter(pk=replacement.pk).exists():
        raise NotOnline
    ending = _end(card=card, by=by, reason=reason, replacement=replacement)
    _point_back(replacement, card)
    # Old addresses follow in one step, however many times a card was replaced.
    CardEnding.objects.filter(replacement=card).update(replacement=replacement)
    data = {"reason": reason, "replacement": replacement.title}
    log(instance=card, action="lifespan.replace", user=by, data=data)
    log(instance=replacement, action="lifespan.replaces", user=by, data={"replaced": card.title})
    return ending


def _point_back(replacement: PracticePage, card: PracticePage) -> None:
    """Let the new card say which one it replaces: as published, and in the draft that is being written, if any."""
    PracticePage.objects.filter(pk=replacement.pk).update(replaces=card)
    if latest := replacement.get_latest_revision():
        latest.content["replaces"] = card.pk
        latest.save(update_fields=["content"])


def _end(*, card: PracticePage, by: Any, reason: str, replacement: PracticePage | None) -> CardEnding:
    current = PracticePage.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if not current.live:
        raise NotOnline
    current.unpublish(user=by, log_action=True)
    ending, _created = CardEnding.objects.update_or_create(
        card=current,
        defaults={"reason": reason, "replacement": replacement, "ended_by": by, "ended_at": timezone.now()},
    )
    return ending


def forget_ending(*, card: PracticePage) -> None:
    """A card that is online again has no ending."""
    CardEnding.objects.filter(card=card).delete()


def publish_and_expire(*, now: datetime.datetime | None = None) -> tuple[int, int]:
    """Take expired pages off the site and publish the revisions whose time has come; return how many of each.

    What Wagtail's publish_scheduled does, one page at a time: a card that cannot be published (something it needs was
    removed meanwhile) is logged and does not hold the others.
    """
    now = now or timezone.now()
    expired = published = 0
    for page in Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"):
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        expired += 1
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
            published += 1
        except ValidationError as error:
            logger.error("Page %s could not be published at its time: %s", revision.object_id, error)  # noqa: TRY400
    return expired, published
