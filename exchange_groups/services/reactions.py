"""Marks on topics and replies: useful answers, reactions, visits."""

import datetime

from django.db import transaction
from django.utils import timezone

from kb_site.accounts.models import User
from practices.comments.models import Comment

from ..choices import ReactionKind, TopicState
from ..models import Reaction, Topic, TopicVisit, UsefulReply


@transaction.atomic
def mark_useful(*, topic: Topic, comment: Comment, by: User, useful: bool = True) -> None:
    """Mark a reply of the topic as useful, or no longer; the topic is answered as soon as one is.

    Whether this person marks replies is for the caller to check (Topic.may_be_marked_by). Twice is harmless.
    """
    current = Topic.objects.select_for_update().get(pk=topic.pk)
    if useful:
        UsefulReply.objects.get_or_create(comment=comment, defaults={"topic": current, "marked_by": by})
    else:
        UsefulReply.objects.filter(comment=comment).delete()
    answered = UsefulReply.objects.filter(topic=current).exists()
    if current.state in {TopicState.OPEN, TopicState.ANSWERED}:
        current.state = TopicState.ANSWERED if answered else TopicState.OPEN
        current.save(update_fields=["state"])


@transaction.atomic
def react(*, topic: Topic, user: User, kind: ReactionKind | str, comment: Comment | None = None) -> bool:
    """Add one's reaction to a topic or to one of its replies, or take it back; return whether it is there now."""
    Topic.objects.select_for_update().get(pk=topic.pk)  # two clicks at once are taken one after the other
    own = {"topic": topic, "user": user, "kind": kind, "comment": comment}
    if Reaction.objects.filter(**own).delete()[0]:
        return False
    Reaction.objects.create(**own)
    return True


def visit(*, topic: Topic, user: User, seen_at: datetime.datetime | None) -> None:
    """Remember that this person has read the topic now; `seen_at` is the time of the visit before, None at the first.

    Nothing is written when there was nothing to read since.
    """
    if seen_at is None or seen_at < topic.last_activity_at:
        TopicVisit.objects.update_or_create(topic=topic, user=user, defaults={"seen_at": timezone.now()})
