"""A typing error of a published card, published at once: said so by who mends it, and written in the history."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from ...models import PracticePage
from ...permissions import pages_to_publish
from ..what_changed import changes_of


class NotATypingError(Exception):
    """Nothing changed, or it is not for this person, or a review is under way."""


def may_mend(card: PracticePage, user: Any) -> bool:
    """Whether this person may publish a typing error of this card: it is online, changed, and no review holds it."""
    return bool(
        card.live
        and card.has_unpublished_changes
        and card.current_workflow_state is None
        and pages_to_publish(user).filter(pk=card.pk).exists()
    )


@transaction.atomic
def publish_typing_error(*, card: PracticePage, by: Any) -> None:
    """Publish what changed since the card was published. Raises NotATypingError, ValidationError for an incomplete card."""
    card = PracticePage.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if not may_mend(card, by) or card.latest_revision is None:
        raise NotATypingError
    fields = [str(change.label) for change in changes_of(card)]
    card.latest_revision.publish(user=by, skip_permission_checks=True)
    log(instance=card, action="review.typo", user=by, data={"fields": ", ".join(fields)})
