"""The places where the site keeps files that people sent."""

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import STATICFILES_STORAGE_ALIAS, settings
from django.core.files.storage import FileSystemStorage, Storage, storages


def peoples_storages() -> dict[str, Storage]:
    """Return every storage of the site by its name in settings.STORAGES, but that of static files, which are code."""
    return {alias: storages[alias] for alias in settings.STORAGES if alias != STATICFILES_STORAGE_ALIAS}


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of every file of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nobody has sent anything yet
        return
    yield from (posixpath.join(folder, name) for name in files if name)  # S3 lists a folder in itself, without a name
    for name in folders:
        yield from names_in(storage, posixpath.join(folder, name))


def close_folders() -> None:
    """Let no other account of the machine enter the folders of what people sent, those made before this rule included.

    A folder that another account owns is left as its owner wants it.
    """
    for storage in peoples_storages().values():
        if isinstance(storage, FileSystemStorage) and (folder := Path(storage.location)).is_dir():
            with suppress(PermissionError):
                folder.chmod(0o700)
