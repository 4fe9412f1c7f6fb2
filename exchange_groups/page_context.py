"""What the page of a topic shows, in a constant number of queries whatever the number of replies."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from wagtail.models import Page

from kb_site.http import is_copy
from practices.comments.forms import CommentForm
from practices.comments.threads import ThreadItem, ThreadPage, address_of, readable_comments_of, threads_of
from practices.models import Theme
from practices.plain_text import plain_text_to_html

from .choices import ReactionKind
from .comment_policy import refusal_to_write
from .file_metadata.attachments import neutral_name
from .listings import author_shown
from .models import Membership, Mention, Reaction, Topic, TopicFile, TopicPoll, TopicSummary, TopicVisit
from .quotations import quotable_pages
from .services.reactions import visit


@dataclass
class Reactions:
    """The reactions to one text: counts by kind, and those of the reader."""

    counts: Counter[str] = field(default_factory=Counter)
    own: set[str] = field(default_factory=set)

    @property
    def shown(self) -> list[tuple[str, Any, int, bool]]:
        return [(kind, label, self.counts[kind], kind in self.own) for kind, label in ReactionKind.choices]

    @property
    def useful(self) -> int:
        return self.counts[ReactionKind.UTILE]

    @property
    def is_useful_to_me(self) -> bool:
        return ReactionKind.UTILE in self.own

    @property
    def others(self) -> list[tuple[Any, int]]:
        """Same situation and thanks: said in words, given from the page of actions."""
        kinds = [(kind, label) for kind, label in ReactionKind.choices if kind != ReactionKind.UTILE]
        return [(label, self.counts[kind]) for kind, label in kinds if self.counts[kind]]


def reactions_of(topic: Topic, user: Any) -> dict[int | None, Reactions]:
    """Return the reactions by reply (None: the topic itself), in one query."""
    found: dict[int | None, Reactions] = defaultdict(Reactions)
    for comment, kind, who in Reaction.objects.filter(topic=topic).values_list("comment_id", "kind", "user_id"):
        found[comment].counts[kind] += 1
        if who == user.pk:
            found[comment].own.add(kind)
    return found


def for_page(topics: QuerySet[Topic], reader: Any) -> QuerySet[Topic]:
    """Add to topics what their page shows beside them, and when this reader was there, so that it costs no query of its own."""
    visits = TopicVisit.objects.filter(topic=OuterRef("pk"), user=reader.pk)
    left = Membership.objects.left().filter(group=OuterRef("group"), user=OuterRef("author"))
    themes = Theme.objects.filter(topics=OuterRef("pk")).order_by("name").values("name")
    files = TopicFile.objects.filter(topic=OuterRef("pk")).order_by("added_at")
    called = Mention.objects.filter(topic=OuterRef("pk")).order_by("pk").values("user__first_name")
    summaries = TopicSummary.objects.filter(topic=OuterRef("pk"))
    return topics.annotate(
        seen_at=Subquery(visits.values("seen_at")[:1]),
        has_left=Exists(left),
        theme_names=ArraySubquery(themes),
        called=ArraySubquery(called),
        summed_up=Subquery(summaries.values(row=JSONObject(text="text", replies="replies"))[:1]),
        asks=Subquery(TopicPoll.objects.filter(topic=OuterRef("pk")).values("question")[:1]),
        file_rows=ArraySubquery(files.values(row=JSONObject(id="id", name="name", size="size"))),
    )


def _quoted(topic: Topic, user: Any) -> list[Page]:
    """The page quoted, and the card drawn from the topic, as far as this person may read them."""
    ids = {pk for pk in (topic.quoted_page_id, topic.resulting_card_id, topic.origin_card_id) if pk}
    return list(quotable_pages(user).filter(pk__in=ids)) if ids else []


def topic_context(topic: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of groups/topic_page.html, and remember the visit of a member."""
    user: Any = request.user
    member = user.is_authenticated and user.is_approved
    seen_at = topic.seen_at if member else None
    if member and not is_copy(request):
        visit(topic=topic, user=user, seen_at=seen_at)
    threads: ThreadPage = threads_of(topic, user, request.GET.get("commentaires", "1"))
    reactions = reactions_of(topic, user)
    pages = {page.pk: page for page in _quoted(topic, user)}
    refusal = refusal_to_write(topic, user) if user.is_authenticated else ""

    def is_new(item: ThreadItem) -> bool:
        return bool(seen_at and item.date and item.date > seen_at)

    replies = [(item, reactions.get(item.id, NO_REACTIONS), is_new(item)) for item in threads.comments]
    files = topic.file_rows
    if topic.masked:
        files = [row | {"name": neutral_name(row["name"], number)} for number, row in enumerate(files, start=1)]
    return {
        "topic": topic,
        "files": files,
        "group": topic.group,
        "author": author_shown(topic, user, former=topic.has_left),
        "html": plain_text_to_html(topic.body),
        "summary": plain_text_to_html(topic.summed_up["text"]) if topic.summed_up else "",
        "quoted": pages.get(topic.quoted_page_id),
        "resulting_card": pages.get(topic.resulting_card_id),
        "origin_card": pages.get(topic.origin_card_id),
        "own_reactions": reactions.get(None, NO_REACTIONS),
        "threads": threads,
        "replies": replies,
        "new_count": sum(new for _item, _reactions, new in replies),
        "resume_at": _first_unread(topic, seen_at, threads),
        "refusal": refusal,
        "may_write": user.is_authenticated and not refusal,
        "may_edit": topic.may_be_edited_by(user),
        "may_ask": not topic.asks and topic.may_be_marked_by(user),
        "leads": topic.group.is_facilitated_by(user),
        "comment_form": CommentForm(),
    }


def _first_unread(topic: Topic, seen_at: datetime.datetime | None, threads: ThreadPage) -> str:
    """Return the address of the first reply written since the last visit, "" when there is none."""
    if seen_at is None or seen_at >= topic.last_activity_at:
        return ""
    if threads.last == 1:
        unread = (item for item in threads.comments if item.date and item.date > seen_at)
        first = min(unread, key=lambda item: (item.date, item.id), default=None)
        return f"#c{first.id}" if first else ""
    later = readable_comments_of(topic).filter(submit_date__gt=seen_at).order_by("submit_date", "pk").first()
    return address_of(later, topic) if later else ""


NO_REACTIONS = Reactions()
