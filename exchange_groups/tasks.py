"""Work outside the request: invitations that leave, questions that nobody answers."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kb_site.mailing.send import hand_over_once, render

from .mails import group_invitation
from .models import ExchangeGroup, Invitation, Topic
from .models.topics import PROPOSED_AFTER, TOLD_AFTER
from .notify import tell_of_silence
from .services.conversation import ask_around
from .services.decisions import settle_decisions
from .services.facilitators import look_after_leadership
from .services.kept_files import forget_old_files, forget_unread_files


@dataclass(frozen=True)
class Addressee:
    """Someone who may have no account yet."""

    email: str
    first_name: str = ""
    pk: int = 0


@app.task(
    name="exchange_groups.send_invitation", queue="mails", retry=RetryStrategy(max_attempts=5, exponential_wait=5)
)
def send_invitation(invitation: str) -> None:
    """Send an invitation to its address, once: whoever retries finds that it has left."""
    found = Invitation.objects.filter(pk=uuid.UUID(invitation), sent_at=None).first()
    mail = group_invitation(to=None, invitation=found.pk) if found else None
    if found is None or mail is None:
        return
    message = render(mail, Addressee(found.email), key=f"invitation:{found.pk}")
    hand_over_once(message, row=found, left="sent_at")


def look_after_unanswered(now: datetime.datetime) -> tuple[int, int]:
    """Tell facilitators of what has waited for 24 hours, propose for the next session what has waited for 7 days.

    Returns how many topics of each; each topic is told of and proposed once.
    """
    told = proposed = 0
    waiting = Topic.objects.unanswered().select_related("group")
    with transaction.atomic():
        late = waiting.filter(facilitators_told_at=None, created_at__lte=now - TOLD_AFTER)
        for topic in late.select_for_update(of=("self",), skip_locked=True):
            tell_of_silence(topic)
            Topic.objects.filter(pk=topic.pk).update(facilitators_told_at=now)
            told += 1
        very_late = waiting.filter(proposed_for_session_at=None, created_at__lte=now - PROPOSED_AFTER)
        for topic in very_late.select_for_update(of=("self",), skip_locked=True):
            Topic.objects.filter(pk=topic.pk).update(proposed_for_session_at=now)
            proposed += 1
    return told, proposed


@app.periodic(cron="15 * * * *")
@app.task(
    name="exchange_groups.unanswered_topics",
    queue="notifications",
    retry=RetryStrategy(max_attempts=3, exponential_wait=5),
)
def unanswered_topics(timestamp: int) -> None:
    """Every hour: the questions that nobody has answered."""
    look_after_unanswered(timezone.now())
    ask_around(timezone.now())


@app.periodic(cron="45 5 * * *")
@app.task(
    name="exchange_groups.groups_without_facilitator",
    queue="members",
    retry=RetryStrategy(max_attempts=3, exponential_wait=5),
)
def groups_without_facilitator(timestamp: int) -> None:
    """Each morning: the groups that nobody leads any more, whatever made it so."""
    look_after_leadership(groups=ExchangeGroup.objects.all())


@app.periodic(cron="5 * * * *")
@app.task(
    name="exchange_groups.settle_decisions",
    queue="members",
    retry=RetryStrategy(max_attempts=3, exponential_wait=5),
)
def settle_group_decisions(timestamp: int) -> None:
    """Every hour: the proposals whose last day has come."""
    settle_decisions(now=timezone.now())


@app.periodic(cron="50 4 * * *")
@app.task(
    name="exchange_groups.forget_kept_files", queue="members", retry=RetryStrategy(max_attempts=3, exponential_wait=5)
)
def forget_kept_files(timestamp: int) -> None:
    """Each night: the files that were chosen in a form and never published, those of topics that nobody reads any more."""
    forget_old_files()
    forget_unread_files()
