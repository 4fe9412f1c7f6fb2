"""Whom to tell of what happens in groups. Called in the transaction of the change; nothing leaves before it commits."""

from typing import Any

from django.db.models import QuerySet

from kb_site.accounts.models import User
from kb_site.notifications.services import notify
from practices.comments.models import Comment

from .models import ExchangeGroup, JoinRequest, Membership, Topic


def facilitators_of(group: ExchangeGroup) -> QuerySet[User]:
    """Return the accounts that lead a group."""
    return User.objects.filter(pk__in=Membership.objects.facilitators().filter(group=group).values("user"))


def tell_of_topic(topic: Topic, called: list[User]) -> None:
    """To those whom its words call, then to those who follow the group."""
    writer = [topic.author] if topic.author else []
    actor = None if topic.masked else topic.author
    event: dict[str, Any] = {"target": topic, "key": f"topic:{topic.pk}", "actor": actor}
    if called:
        notify(kind="topic_call", recipients=called, excluding=writer, **event)
    notify(kind="topic_opened", followers_of=[topic.group], excluding=[*writer, *called], **event)


def tell_of_reply(topic: Topic, comment: Comment, mentioned: list[User]) -> None:
    """To those called upon, then to the topic's author, the author replied to and those who follow the topic."""
    writer = [comment.user] if comment.user else []
    parent = Comment.objects.filter(pk=comment.parent_id).exclude(pk=comment.pk).select_related("user").first()
    answered = [person for person in (topic.author, parent.user if parent else None) if person is not None]
    event = {
        "target": topic,
        "key": f"comment:{comment.pk}",
        "actor": None if comment.masked else comment.user,
        "source": comment.pk,
    }
    if mentioned:
        notify(kind="topic_mention", recipients=mentioned, excluding=writer, **event)
    notify(kind="topic_answer", recipients=answered, followers_of=[topic], excluding=[*writer, *mentioned], **event)


def tell_of_request(request: JoinRequest) -> None:
    """To the facilitators, when someone asks to enter."""
    notify(
        kind="group_request",
        target=request.group,
        key=f"request:{request.pk}",
        actor=request.user,
        recipients=facilitators_of(request.group),
    )


def tell_of_silence(topic: Topic) -> None:
    """To the facilitators, when a question has waited for a day."""
    key = f"silence:{topic.pk}"
    notify(kind="topic_unanswered", target=topic, key=key, recipients=facilitators_of(topic.group))
