"""Opening and correcting topics."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kb_site.members.models import User
from practices.models import Theme
from practices.personal_data import find_personal_data

from ..files import clean_name, media_type
from ..models import ExchangeGroup, Topic, TopicDraft, TopicFile, TopicRevision
from ..telling import tell_of_topic
from ..vocabularies import TopicType
from .errors import GroupError


class KeyUsed(GroupError):
    """The submission key belongs to someone else's topic, or to another text."""

    message = _("Ce formulaire a déjà servi. Votre texte est gardé : relisez-le, puis publiez-le de nouveau.")


class TooManyTopics(GroupError):
    """This person has just opened as many topics as settings.TOPIC_PACE allows."""

    message = _("Vous avez ouvert beaucoup de sujets en peu de temps. Votre texte est gardé : publiez-le plus tard.")


class TopicNotOpen(GroupError):
    """Only the author corrects a topic, for a day, while the group is open to words."""


def check_topic_pace(author: User) -> None:
    """Raise TooManyTopics when this person writes topics faster than settings.TOPIC_PACE."""
    most, minutes = settings.TOPIC_PACE
    since = timezone.now() - datetime.timedelta(minutes=minutes)
    if Topic.objects.filter(author=author, created_at__gt=since).count() >= most:
        raise TooManyTopics


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
    files: Iterable[UploadedFile] = (),
    submission_key: uuid.UUID | None = None,
) -> Topic:
    """Open a topic in a group. The same key sent again by the same author returns the topic opened the first time.

    Whether the author may write in the group is for the caller to check. Raises KeyUsed.
    """
    key = submission_key or uuid.uuid4()
    topic = Topic(
        group=group, author=author, type=type, title=title, body=body, masked=masked,
        quoted_page=quoted_page, submission_key=key,
    )  # fmt: skip
    try:
        with transaction.atomic():
            topic.save()
    except IntegrityError:
        stored = Topic.objects.filter(submission_key=key, author=author, group=group).select_related("group").first()
        if stored is None or (stored.title, stored.body) != (title, body):
            raise KeyUsed from None
        return stored
    topic.themes.set(themes)
    for file in files:
        name = clean_name(str(file.name))
        TopicFile.objects.create(
            topic=topic, file=file, name=name, media_type=media_type(name), size=file.size or 0, added_by=author
        )
    TopicDraft.objects.filter(group=group, user=author).delete()
    tell_of_topic(topic)
    return topic


def keep_draft(*, group: ExchangeGroup, user: User, fields: dict[str, Any]) -> TopicDraft | None:
    """Keep what is being written, for its author alone; nothing written keeps nothing."""
    if any(fields.get(name) for name in ("title", "body")):
        return TopicDraft.objects.update_or_create(group=group, user=user, defaults={"fields": fields})[0]
    TopicDraft.objects.filter(group=group, user=user).delete()
    return None


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
