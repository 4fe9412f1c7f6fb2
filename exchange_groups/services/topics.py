"""Opening and correcting topics."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kb_site.accounts.models import User
from kb_site.http import RATE_LIMITED
from kb_site.media.authors import AuthorStays
from kb_site.media.metadata import ImageRefused
from practices.comments.personal_data_guard import find_personal_data
from practices.models import Theme

from ..calls import called_in, people_to_call
from ..choices import TopicType
from ..file_metadata.attachments import PreparedFile, prepared
from ..models import ExchangeGroup, Membership, Mention, Topic, TopicDraft, TopicFile, TopicRevision
from ..notify import tell_of_topic
from ..quotations import quote
from ..uploads import media_type
from .errors import GroupError


class KeyUsed(GroupError):
    """The submission key belongs to someone else's topic, or to another text."""

    message = _("Ce formulaire a déjà servi. Votre texte est gardé : relisez-le, puis publiez-le de nouveau.")


class TooManyTopics(GroupError):
    """This person has just opened as many topics as settings.TOPIC_PACE allows."""

    code = RATE_LIMITED
    message = _("Vous avez ouvert beaucoup de sujets en peu de temps. Votre texte est gardé : publiez-le plus tard.")


class AuthorInFile(GroupError):
    """A file names its author, who is masked, and the name cannot be taken out of it."""

    def __init__(self, name: str) -> None:
        self.message = _(
            "« %(name)s » est protégé ou signé : ce qui nomme son auteur ne peut pas en être retiré. Retirez-le, "
            "enregistrez-le autrement (sans mot de passe ni signature), ou ne masquez pas votre nom."
        ) % {"name": name}
        super().__init__(self.message)


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
    files: Iterable[File] = (),
    submission_key: uuid.UUID | None = None,
    calls: bool = True,
) -> Topic:
    """Open a topic in a group. The same key sent again by the same author returns the topic opened the first time.

    Whether the author may write in the group, and what the files are, is for the caller to check. Raises KeyUsed,
    AuthorInFile.
    """
    joined = [_prepared(file, masked=masked, number=number) for number, file in enumerate(files, start=1)]
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
    quote(topic)
    for file in joined:
        TopicFile.objects.create(
            topic=topic,
            file=ContentFile(file.content, name=file.name),
            name=file.name,
            media_type=media_type(file.name),
            size=len(file.content),
            added_by=author,
            author_hidden=masked,
        )
    TopicDraft.objects.filter(group=group, user=author).delete()
    called = called_in(f"{title}\n{body}", people_to_call(topic, author)) if calls else []
    Mention.objects.bulk_create([Mention(topic=topic, user=person) for person in called])
    tell_of_topic(topic, called)
    return topic


def _prepared(file: Any, *, masked: bool, number: int) -> PreparedFile:
    try:
        return prepared(file, masked=masked, number=number)
    except (AuthorStays, ImageRefused) as error:
        raise AuthorInFile(str(file.name)) from error


@transaction.atomic
def hide_author_of_file(file: TopicFile) -> None:
    """Take out of a file, and of its name, what tells who made it: it was joined before its topic was masked.

    Raises AuthorInFile, FileNotFoundError.
    """
    number = list(file.topic.files.values_list("pk", flat=True)).index(file.pk) + 1
    with file.file.open("rb") as stored:
        bare = _prepared(File(stored, name=file.name), masked=True, number=number)
    storage, former = file.file.storage, str(file.file.name)
    file.file = ContentFile(bare.content, name=bare.name)
    file.name, file.size, file.author_hidden = bare.name, len(bare.content), True
    file.save(update_fields=["file", "name", "size", "author_hidden"])
    transaction.on_commit(lambda: storage.delete(former))


def files_that_name_author(topic: Topic) -> list[TopicFile]:
    """Return the files of a masked topic that name its author for good: joined before it was masked, protected or signed.

    They go at a merge (services/moderation.py): whoever merges is told before.
    """
    found = []
    for file in topic.files.filter(author_hidden=False) if topic.masked else ():
        try:
            with file.file.open("rb") as stored:
                _prepared(File(stored, name=file.name), masked=True, number=1)
        except (AuthorInFile, FileNotFoundError):
            found.append(file)
    return found


def who_sees_name(topic: Topic) -> tuple[list[User], list[User]]:
    """Return those who lead the group of a topic: who sees its masked names, and who does not (they lead it since)."""
    leading = Membership.objects.leading().filter(group=topic.group_id).select_related("user")
    seen: list[User] = []
    unseen: list[User] = []
    for membership in leading.order_by("user__first_name", "user__last_name"):
        (seen if topic.shows_masked_names_to(membership.user) else unseen).append(membership.user)
    return seen, unseen


@transaction.atomic
def confide_name(*, topic: Topic, by: User) -> None:
    """Its author lets those who lead the group now see the masked names of a topic. Raises TopicNotOpen."""
    current = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    if not current.masked or current.author_id != by.pk:
        raise TopicNotOpen
    current.names_confided_at = timezone.now()
    current.save(update_fields=["names_confided_at"])


class WrittenElsewhere(GroupError):
    """Another tab, or another device, keeps other words as the draft of this group."""

    message = _("Un autre onglet, ou un autre appareil, garde un autre brouillon dans ce groupe : celui-ci reste ici.")


@transaction.atomic
def keep_draft(
    *, group: ExchangeGroup, user: User, fields: dict[str, Any], seen: str | None = None
) -> TopicDraft | None:
    """Keep what is being written, for its author alone; nothing written keeps nothing.

    `seen`: when the draft that this form knows was kept (ISO 8601, "" for none); None: whatever is kept is replaced. Raises
    WrittenElsewhere when other words were kept since.
    """
    kept = TopicDraft.objects.select_for_update().filter(group=group, user=user).first()
    if kept and seen is not None and kept.saved_at.isoformat() != seen and kept.fields != fields:
        raise WrittenElsewhere
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
    quote(current)
