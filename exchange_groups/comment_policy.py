"""Replies to topics: comments whose readers, writers and moderators are those of the group."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb_site.accounts.models import User
from practices.comments.models import Comment
from practices.comments.policies import CommentPolicy
from practices.comments.threads import comments_of

from .calls import called_in, people_to_call
from .choices import GroupState, MemberRole, TopicState
from .models import ExchangeGroup, Membership, Mention, Topic, UsefulReply
from .notify import tell_of_reply
from .permissions import groups_open_to
from .quotations import quote

THREADS_PER_PAGE = 20


def refusal_to_write(topic: Topic, user: User) -> str:
    """Why this person may not reply to the topic now; empty when they may."""
    group = topic.group
    if not topic.is_shared_with(user):
        return _("Seuls les membres du groupe répondent ici. Demandez à entrer depuis la page du groupe.")
    if group.state == GroupState.PAUSED:
        return _("Ce groupe est en pause : on peut le lire, pas y écrire.")
    if group.state == GroupState.CLOSED:
        return _("Ce groupe est clos : on peut le lire, pas y écrire.")
    if topic.state == TopicState.CLOSED:
        return _("Ce sujet est clos : on peut le lire, pas y répondre.")
    return ""


def replies_in(group: ExchangeGroup) -> QuerySet[Comment, int]:
    """The ids of every reply written in a group."""
    topics = Topic.objects.filter(group=group).order_by().annotate(key=Cast("pk", CharField())).values("key")
    content_type = ContentType.objects.get_for_model(Topic)
    return (
        Comment.objects.filter(content_type=content_type, object_pk__in=topics).order_by().values_list("pk", flat=True)
    )


class TopicPolicy(CommentPolicy):
    model = Topic
    name = "sujet"
    form_title = gettext_lazy("Répondre")
    threads_per_page = comments_per_page = THREADS_PER_PAGE

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return Topic.objects.visible_to(user).select_related("group")

    def everything(self) -> QuerySet[Any]:
        return Topic.objects.select_related("group")

    def refusal(self, target: Any, user: User) -> str:
        return refusal_to_write(target, user)

    def address(self, target: Any) -> str:
        return str(target.get_absolute_url())

    def label(self, target: Any) -> str:
        return _("Sujet")

    def _facilitated(self, user: User) -> list[int]:
        return [pk for pk, role in groups_open_to(user).items() if role == MemberRole.FACILITATOR]

    def moderates_something(self, user: User) -> bool:
        return bool(self._facilitated(user))

    def moderable_keys(self, user: User) -> QuerySet[Any] | None:
        topics = Topic.objects.visible_to(user).filter(group__in=self._facilitated(user))
        return topics.order_by().annotate(key=Cast("pk", CharField())).values("key")  # type: ignore[return-value]

    def masks(self, target: Any, author: User) -> bool:
        # Replying under one's name would tell who asked, also where masked words came from another topic, merged or split.
        asked = target.masked and target.author_id == author.pk
        return bool(asked) or comments_of(target).filter(user=author, masked=True).exists()

    def sees_masked_names(self, target: Any, user: Any) -> bool:
        return bool(target.shows_masked_names_to(user))

    def thread_rank(self, target: Any) -> Any:
        useful = UsefulReply.objects.filter(topic=target, comment__thread_id=OuterRef("thread_id"))
        return Exists(useful.filter(comment__is_removed=False, comment__is_public=True))

    def annotated(self, comments: QuerySet[Comment], target: Any) -> QuerySet[Comment]:
        left = Membership.objects.left().filter(group=target.group_id, user=OuterRef("user"))
        called = Mention.objects.filter(comment=OuterRef("pk")).order_by("pk").values("user__first_name")
        return comments.annotate(
            author_gone=Exists(left),
            is_useful=Exists(UsefulReply.objects.filter(comment=OuterRef("pk"))),
            called=ArraySubquery(called),
        )

    def known_total(self, target: Any) -> int | None:
        return int(target.reply_count)

    def people_to_mention(self, target: Any, user: User) -> QuerySet[User] | None:
        return people_to_call(target, user)

    def address_of_people(self, target: Any) -> str:
        return reverse("topic_people", args=[target.group.slug, target.pk, target.slug])

    def lock(self, target: Any) -> None:
        Topic.objects.select_for_update().filter(pk=target.pk).first()

    def comment_posted(self, target: Any, comment: Comment, parent: Comment | None, mentioned: list[User]) -> None:
        self.comments_changed(target)
        quote(target, comment)
        people = self.people_to_mention(target, comment.user) if comment.user else None
        if people is not None:
            called = called_in(comment.comment, people)
            mentioned = [*mentioned, *(person for person in called if person not in mentioned)]
        Mention.objects.bulk_create(
            [Mention(comment=comment, user=person) for person in mentioned], ignore_conflicts=True
        )
        tell_of_reply(target, comment, mentioned)

    def comment_corrected(self, target: Any, comment: Comment) -> None:
        self.comments_changed(target)
        quote(target, comment)

    def comments_changed(self, target: Any) -> None:
        """Count anew from the replies themselves; the topic is locked, so the count is exact whoever writes at once."""
        topic = Topic.objects.select_for_update().get(pk=target.pk)
        replies = Comment.objects.filter(
            content_type=self.content_type, object_pk=str(topic.pk), is_public=True, is_removed=False
        )
        # The author's own replies answer nobody.
        answers = Q() if topic.author_id is None else ~Q(user=topic.author_id)
        figures = replies.aggregate(all=Count("pk"), answers=Count("pk", filter=answers), latest=Max("submit_date"))
        topic.reply_count, topic.answer_count = figures["all"], figures["answers"]
        topic.last_activity_at = max(filter(None, [figures["latest"], topic.created_at]))
        topic.save(update_fields=["reply_count", "answer_count", "last_activity_at"])
