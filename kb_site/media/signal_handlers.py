"""Every image loses its metadata when it is saved, whichever way it comes: form, several at once, proposal, import."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile

from .metadata import without_metadata


def take_metadata_out(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Before an image is saved: replace a file that is new by the same without metadata. Raises ImageRefused.

    `raw` rows (fixtures) may come before their files, and are left as they are.
    """
    file = instance.file
    if raw or not file:
        return
    on_storage = file._committed
    if on_storage and type(instance)._base_manager.filter(pk=instance.pk, file=file.name).exists():
        return
    storage, name = file.storage, file.name
    with file.open("rb") as stream:
        bare = without_metadata(stream)
    instance.file = ContentFile(bare, name=PurePosixPath(name).name)
    instance._set_image_file_metadata()
    if on_storage:
        storage.delete(name)
