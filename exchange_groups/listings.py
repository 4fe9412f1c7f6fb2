"""What lists of groups and topics show, in a constant number of queries."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.comments.threads import author_name

from .choices import GroupState, TopicType
from .models import ExchangeGroup, Membership, Topic, TopicVisit
from .permissions import groups_open_to

TOPICS_PER_PAGE = 15

VIEWS = {
    "": gettext_lazy("Tous"),
    "sans-reponse": gettext_lazy("Sans réponse"),
    "les-miens": gettext_lazy("Les miens"),
    "non-lus": gettext_lazy("Non lus"),
}


def listed_groups(user: Any) -> QuerySet[ExchangeGroup]:
    """Groups that this person may know of, with their figures; theirs first, closed ones last."""
    mine = list(groups_open_to(user))
    return (
        ExchangeGroup.objects.visible_to(user)
        .annotate(
            is_mine=Q(pk__in=mine),
            is_closed=Q(state=GroupState.CLOSED),
            member_count=_count(Membership.objects.current().filter(user__is_active=True), "group"),
            topic_count=_count(Topic.objects.standing(), "group"),
        )
        .select_related("network")
        .order_by("-is_mine", "is_closed", "name")
    )


def _count(rows: QuerySet[Any], key: str) -> Subquery:
    counted = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk")).values("n")
    return Subquery(counted)


def author_shown(topic: Topic, viewer: Any, *, former: bool) -> str:
    """The author of a topic as this person may see it; `former`: the author is no longer a member."""
    if topic.masked and topic.author_id is not None:
        if not topic.shows_masked_names_to(viewer):
            return _("Auteur masqué")
        return _("%(name)s (nom masqué aux autres)") % {"name": author_name(topic.author)}
    if former and topic.author_id is not None:
        return _("Ancien membre")
    return author_name(topic.author)


@dataclass(frozen=True)
class TopicLine:
    """A topic in a list; `author` as this person may see it, `is_new`: something was said since their last visit."""

    topic: Topic
    author: str
    is_new: bool


@dataclass(frozen=True)
class TopicListing:
    """One page of a group's topics under one filter."""

    lines: list[TopicLine]
    page: Page
    view: str
    type: str

    @property
    def views(self) -> list[tuple[str, Any, bool]]:
        return [(value, label, value == self.view) for value, label in VIEWS.items()]

    @property
    def types(self) -> list[tuple[str, Any, bool]]:
        return [(value, label, value == self.type) for value, label in TopicType.choices]


def topics_of(group: ExchangeGroup, viewer: Any, params: Any) -> TopicListing:
    """Read the filters of an address (?voir=, ?type=, ?page=) and return the topics; what is unknown is left out."""
    view = params.get("voir", "") if params.get("voir") in VIEWS and viewer.is_authenticated else ""
    kind = params.get("type", "") if params.get("type") in TopicType.values else ""
    left = Membership.objects.left().filter(group=group, user=OuterRef("author"))
    topics = Topic.objects.visible_to(viewer).filter(group=group).annotate(has_left=Exists(left)).in_order()
    if viewer.is_authenticated:
        visits = TopicVisit.objects.filter(user=viewer, topic=OuterRef("pk"))
        topics = topics.annotate(seen_at=Subquery(visits.values("seen_at")[:1]))
    if kind:
        topics = topics.filter(type=kind)
    if view == "sans-reponse":
        topics = topics.unanswered()
    elif view == "les-miens":
        topics = topics.filter(author=viewer)
    elif view == "non-lus":
        topics = topics.filter(Q(seen_at=None) | Q(seen_at__lt=F("last_activity_at")))
    page = Paginator(topics.select_related("author"), TOPICS_PER_PAGE).get_page(params.get("page"))
    lines = []
    for topic in page:
        topic.group = group
        former: bool = topic.has_left  # type: ignore[attr-defined]
        lines.append(TopicLine(topic, author_shown(topic, viewer, former=former), _is_new(topic, viewer)))
    return TopicListing(lines, page, view, kind)


def _is_new(topic: Any, viewer: Any) -> bool:
    if not viewer.is_authenticated:
        return False
    seen_at: datetime.datetime | None = topic.seen_at
    return seen_at is None or seen_at < topic.last_activity_at
