"""Every file loses what it tells of its maker when it is saved, whichever way it comes: form, several at once, import."""

import io
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile

from .authors import WITHOUT_AUTHOR, AuthorStays
from .metadata import without_metadata


def take_metadata_out(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Before an image is saved: replace a file that is new by the same without metadata. Raises ImageRefused.

    `raw` rows (fixtures) may come before their files, and are left as they are.
    """
    if not raw and _is_new(instance, "file"):
        _put_instead(instance, "file", _bare(instance.file))
        instance._set_image_file_metadata()


def take_author_out(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Before an editor's document is saved: a file that is new loses its author, last editor and dates.

    One that is signed or protected stays as it is: it is an official text as a rule, and would be worth nothing changed.
    """
    if raw or not _is_new(instance, "file"):
        return
    given = instance.file
    without_author = WITHOUT_AUTHOR.get(PurePosixPath(given.name).suffix.lower().lstrip("."))
    if without_author:
        with suppress(AuthorStays):
            _put_instead(instance, "file", without_author(io.BytesIO(given.open("rb").read())))
            instance._set_document_file_metadata()
        if not instance.file._committed:
            instance.file.seek(0)
        if given._committed:  # nothing else closes what was opened on the storage
            given.close()


def take_place_out(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Before the portrait of an editor is saved: it loses its metadata. Raises ImageRefused."""
    if not raw and _is_new(instance, "avatar"):
        _put_instead(instance, "avatar", _bare(instance.avatar))


def _bare(image: Any) -> bytes:
    with image.open("rb") as stream:
        return without_metadata(stream)


def _is_new(instance: Any, name: str) -> bool:
    file = getattr(instance, name)
    if not file or not file._committed:
        return bool(file)
    return not type(instance)._base_manager.filter(**{"pk": instance.pk, name: file.name}).exists()


def _put_instead(instance: Any, name: str, content: bytes) -> None:
    """Put this content in place of a new file; a file that is on the storage already leaves it."""
    file = getattr(instance, name)
    storage, former, stored = file.storage, file.name, file._committed
    setattr(instance, name, ContentFile(content, name=PurePosixPath(former).name))
    if stored:
        storage.delete(former)
