"""Opening and correcting topics."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from kb_site.members.models import User
from practices.models import Theme
from practices.personal_data import find_personal_data

from ..models import ExchangeGroup, Topic, TopicDraft, TopicRevision
from ..vocabularies import TopicType
from .errors import GroupError


class TopicNotOpen(GroupError):
    """Only the author corrects a topic, for a day, while the group is open to words."""


@transaction.atomic
def open_topic(
    *,
    group: ExchangeGroup,
    author: User,
    type: TopicType | str,
    title: str,
    body: str,
    masked: bool = False,
    themes: Iterable[Theme] = (),
    quoted_page: Page | None = None,
    submission_key: uuid.UUID | None = None,
) -> Topic:
    """Open a topic in a group. The same key sent again by the same author returns the topic opened the first time.

    Whether the author may write in the group is for the caller to check.
    """
    key = submission_key or uuid.uuid4()
    topic, created = Topic.objects.get_or_create(
        submission_key=key,
        author=author,
        defaults={
            "group": group,
            "type": type,
            "title": title,
            "body": body,
            "masked": masked,
            "quoted_page": quoted_page,
        },
    )
    if created:
        topic.themes.set(themes)
        TopicDraft.objects.filter(group=group, user=author).delete()
    return topic


@transaction.atomic
def edit_topic(*, topic: Topic, by: User, title: str, body: str) -> None:
    """Correct the words of one's topic; the former ones are kept, unless they made somebody recognisable.

    Raises TopicNotOpen.
    """
    current = Topic.objects.select_for_update(of=("self",)).select_related("group").get(pk=topic.pk)
    if not current.may_be_edited_by(by):
        raise TopicNotOpen
    if (title, body) == (current.title, current.body):
        return
    before, after = (
        find_personal_data(f"{words}") for words in (f"{current.title}\n{current.body}", f"{title}\n{body}")
    )
    if not (before and not after):
        TopicRevision.objects.create(topic=current, title=current.title, body=current.body, replaced_by=by)
    current.title, current.body, current.edited_at = title, body, timezone.now()
    current.save(update_fields=["title", "body", "edited_at"])
