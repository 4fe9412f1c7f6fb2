"""Files that no topic shows: kept until it is published, forgotten once nobody reads it any more."""

import datetime
import uuid
from collections.abc import Iterable

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kb_site.accounts.models import User

from ..models import ExchangeGroup, KeptFile, TopicFile
from ..models.kept_files import KEPT_FOR
from ..uploads import MAX_FILES, clean_name

KEPT_MOST = 2 * MAX_FILES  # a person and a group: enough to choose among, not a cupboard


@transaction.atomic
def keep_files(*, group: ExchangeGroup, user: User, files: Iterable[UploadedFile]) -> list[KeptFile]:
    """Keep files that were checked, for whoever sent them alone; beyond KEPT_MOST, the oldest go."""
    kept = [
        KeptFile.objects.create(
            group=group, user=user, file=File(file, name="kept"), name=clean_name(str(file.name)), size=file.size or 0
        )
        for file in list(files)[:KEPT_MOST]
    ]
    if kept:
        newest = KeptFile.objects.filter(group=group, user=user).order_by("-kept_at").values("pk")[:KEPT_MOST]
        KeptFile.objects.filter(group=group, user=user).exclude(pk__in=newest).delete()
    return kept


def kept_files(*, group: ExchangeGroup, user: User, ids: Iterable[str] | None = None) -> list[KeptFile]:
    """Return the files that this person has waiting in a group; among them, those with these ids."""
    found = KeptFile.objects.filter(group=group, user=user)
    return list(found if ids is None else found.filter(pk__in=_uuids(ids)))


def open_kept(kept: Iterable[KeptFile]) -> "list[ContentFile[bytes]]":
    """Return kept files, readable, under the names that they were sent with. Raises FileNotFoundError."""
    files = []
    for one in kept:
        with one.file.open("rb") as stored:
            files.append(ContentFile(stored.read(), name=one.name))
    return files


def forget_files(kept: Iterable[KeptFile]) -> None:
    """Forget kept files: joined to a topic, or taken away."""
    KeptFile.objects.filter(pk__in=[one.pk for one in kept]).delete()


def forget_old_files(*, now: datetime.datetime | None = None) -> int:
    """Forget the files that no topic took for a week; return their number."""
    return KeptFile.objects.filter(kept_at__lt=(now or timezone.now()) - KEPT_FOR).delete()[0]


def forget_unread_files() -> int:
    """Forget the files of topics removed by moderation or merged into another, whichever way they became so; their number.

    A row names them: the job that looks for orphans leaves them alone.
    """
    unread = Q(topic__is_removed=True) | Q(topic__merged_into__isnull=False)
    gone = list(TopicFile.objects.filter(unread))
    TopicFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    return len(gone)


def _uuids(texts: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
