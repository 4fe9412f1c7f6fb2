"""Keep a conversation going: sum up a long thread, ask a question with choices, ask around what waits for an answer."""

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.notifications.models import Cadence, CadenceChoice
from kb_site.notifications.services import notify
from practices.comments.models import Comment
from practices.comments.rulebook import check_text

from ..models import Membership, PollVote, Topic, TopicPoll, TopicSummary
from .errors import GroupError

ASKED_AROUND_AFTER = datetime.timedelta(hours=48)
WAITING_ON_MY_THEME = "topic_on_my_theme"
MOST_ASKED = 20  # people asked around for one topic: those who wrote on its themes last


class NotAChoice(GroupError):
    """The question has no such choice, or takes no more votes."""

    message = _("Cette question ne prend plus de réponse, ou n’a pas ce choix. Rechargez la page.")


@transaction.atomic
def write_summary(*, topic: Topic, by: User, text: str) -> None:
    """Write, or write anew, what a topic comes to; an empty text takes the summary away. Raises a CommentError."""
    current = Topic.objects.select_for_update().get(pk=topic.pk)
    if not text.strip():
        TopicSummary.objects.filter(topic=current).delete()
        return
    check_text(text, agreed=None)
    fields = {"text": text, "replies": current.reply_count, "written_by": by, "written_at": timezone.now()}
    TopicSummary.objects.update_or_create(topic=current, defaults=fields)


@transaction.atomic
def ask_poll(*, topic: Topic, by: User, question: str, choices: list[str]) -> TopicPoll:
    """Ask a question on a topic, once: sent twice, the first stands. Raises a CommentError."""
    for words in (question, *choices):
        check_text(words, shortest=1, agreed=None)
    poll, _made = TopicPoll.objects.get_or_create(
        topic=topic, defaults={"question": question, "choices": choices, "asked_by": by}
    )
    return poll


@transaction.atomic
def vote(*, poll: TopicPoll, user: User, choice: int) -> None:
    """Choose, or choose again while the question is open. Raises NotAChoice."""
    current = TopicPoll.objects.select_for_update().get(pk=poll.pk)
    if current.closed_at or not 0 <= choice < len(current.choices):
        raise NotAChoice
    PollVote.objects.update_or_create(poll=current, user=user, defaults={"choice": choice})


def close_poll(*, poll: TopicPoll) -> None:
    """Take no more votes; what was chosen stays. Twice is harmless."""
    TopicPoll.objects.filter(pk=poll.pk, closed_at=None).update(closed_at=timezone.now())


def _who_wrote_on_themes_of(topic: Topic) -> QuerySet[User]:
    """Return the members of the group, but its author, who wrote on one of its themes, in a topic or under one."""
    near = Topic.objects.standing().filter(themes__in=topic.themes.all(), group=topic.group_id, masked=False)
    keys = near.order_by().annotate(key=Cast("pk", CharField())).values("key")
    replied = Comment.objects.filter(
        content_type=ContentType.objects.get_for_model(Topic), object_pk__in=keys, user=OuterRef("pk"),
        is_public=True, is_removed=False, masked=False,
    )  # fmt: skip
    opened = near.filter(author=OuterRef("pk"))
    members = Membership.objects.in_effect().filter(group=topic.group_id).values("user")
    willing = CadenceChoice.objects.filter(kind=WAITING_ON_MY_THEME).exclude(cadence=Cadence.NEVER).values("user")
    people = User.objects.filter(Q(pk__in=members) & Q(pk__in=willing)).exclude(pk=topic.author_id)
    return people.filter(Exists(replied) | Exists(opened)).order_by("-last_login")


@transaction.atomic
def ask_around(now: datetime.datetime) -> int:
    """Tell of what has waited for two days those who wrote on the same theme and said that they may be asked.

    Returns how many topics; each is asked around once.
    """
    waiting: Any = Topic.objects.unanswered().filter(asked_around_at=None, created_at__lte=now - ASKED_AROUND_AFTER)
    asked = list(waiting.select_for_update(of=("self",), skip_locked=True).select_related("group"))
    for topic in asked:
        people = list(_who_wrote_on_themes_of(topic)[:MOST_ASKED])
        if people:
            notify(kind=WAITING_ON_MY_THEME, target=topic, key=f"around:{topic.pk}", recipients=people)
    Topic.objects.filter(pk__in=[topic.pk for topic in asked]).update(asked_around_at=now)
    return len(asked)
