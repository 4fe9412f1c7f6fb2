"""Figures of activity: what facilitators follow, and all that the coordination sees of a peer group."""

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from practices.comments.models import Comment

from .choices import TopicState
from .models import CharterAcceptance, ExchangeGroup, Membership, Topic

RECENT = datetime.timedelta(days=30)


def figures_of(group: ExchangeGroup) -> dict[str, int]:
    """Return the figures of one group: members, topics, replies, those of the last 30 days, what waits."""
    since = timezone.now() - RECENT
    topics = Topic.objects.standing().filter(group=group)
    # Recent replies are looked for under the topics that moved only: the whole talk of a group is never read.
    moved = topics.filter(last_activity_at__gt=since).order_by().annotate(key=Cast("pk", CharField())).values("key")
    content_type = ContentType.objects.get_for_model(Topic)
    replies = Comment.objects.filter(
        content_type=content_type, object_pk__in=moved, submit_date__gt=since, is_public=True, is_removed=False
    )
    counted = topics.aggregate(
        topics=Count("pk"),
        replies=Coalesce(Sum("reply_count"), 0),
        new_topics=Count("pk", filter=Q(created_at__gt=since)),
        answered=Count("pk", filter=Q(answer_count__gt=0)),
        cards=Count("pk", filter=Q(state=TopicState.BECAME_CARD)),
    )
    said = replies.aggregate(new_replies=Count("pk"), writers=Count("user", distinct=True))
    return counted | said | {"members": Membership.objects.current().filter(group=group, user__is_active=True).count()}


def charter_progress(group: ExchangeGroup) -> tuple[int, int]:
    """Return how many current members have accepted the charter in force, and how many there are."""
    current = Membership.objects.current().filter(group=group, user__is_active=True)
    accepted = current.filter(user__charter_acceptances__charter=F("group__charter"))
    return accepted.count(), current.count()


def all_figures(groups: QuerySet[ExchangeGroup]) -> list[tuple[ExchangeGroup, dict[str, Any]]]:
    """Return the groups with counts only, for the coordination: two queries whatever the number of groups."""
    since = timezone.now() - RECENT
    standing = Q(topics__is_removed=False, topics__merged_into=None)
    by_members = dict(
        Membership.objects.current()
        .filter(user__is_active=True)
        .order_by()
        .values_list("group")
        .annotate(n=Count("pk"))
    )
    rows = groups.annotate(
        n_topics=Count("topics", filter=standing, distinct=True),
        n_recent=Count("topics", filter=standing & Q(topics__last_activity_at__gt=since), distinct=True),
        n_answered=Count("topics", filter=standing & Q(topics__answer_count__gt=0), distinct=True),
    )
    return [
        (
            row,
            {
                "members": by_members.get(row.pk, 0),
                "topics": row.n_topics,
                "recent": row.n_recent,
                "answered": row.n_answered,
            },
        )
        for row in rows
    ]


def people_of(group: ExchangeGroup) -> QuerySet[Membership]:
    """Return the current members, whether each has accepted the charter in force, the facilitators first."""
    accepted = CharterAcceptance.objects.filter(charter=group.charter_id, user=OuterRef("user"))
    people = Membership.objects.current().filter(group=group, user__is_active=True)
    return (
        people.annotate(has_accepted=Exists(accepted))
        .select_related("user__structure")
        .order_by("role", "user__first_name", "user__last_name")
    )
