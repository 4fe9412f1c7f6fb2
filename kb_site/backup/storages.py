"""The files of the site's storages, as one tar archive each."""

import posixpath
import shutil
import tarfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.core.files import File
from django.core.files.storage import Storage

from kb_site.media.storages import names_in

from .errors import BackupError
from .inventory import Files, Measured

IN_MEMORY_MOST = 50_000_000  # bytes


def pack(storage: Storage, archive: IO[bytes]) -> Files:
    """Write every file of a storage in a tar archive; return what each holds. Raises OSError."""
    packed: Files = {}
    with tarfile.open(fileobj=archive, mode="w|") as tar:
        for name in names_in(storage):
            with suppress(FileNotFoundError), storage.open(name) as file:  # deleted meanwhile: no longer anybody's
                member = tarfile.TarInfo(name)
                member.size = file.size
                measured = Measured(cast("IO[bytes]", file))
                tar.addfile(member, cast("IO[bytes]", measured))
                packed[name] = measured.figures()
    return packed


def content_of(archive: IO[bytes]) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Yield the files of an archive, to be read in turn. Raises BackupError for what no backup holds."""
    try:
        with tarfile.open(fileobj=archive, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                path = posixpath.normpath(member.name)
                if not member.isfile() or content is None or path != member.name or path.startswith(("/", "..")):
                    raise BackupError(f"La sauvegarde est inutilisable : {member.name!r} n’est pas un fichier du site.")
                yield member, content
    except tarfile.TarError as error:
        raise BackupError(f"La sauvegarde est inutilisable : une archive de fichiers est abîmée ({error}).") from error


def read_through(archive: IO[bytes]) -> Files:
    """Read a whole archive for nothing; return what each file holds. Raises BackupError."""
    return {member.name: Measured(content).read_through() for member, content in content_of(archive)}


def unpack(archive: IO[bytes], storage: Storage, names: Collection[str]) -> None:
    """Leave in the storage the files of the archive, which have these names, and no other. Raises BackupError, OSError."""
    for name in [name for name in names_in(storage) if name not in names]:
        storage.delete(name)
    for member, content in content_of(archive):
        with SpooledTemporaryFile(IN_MEMORY_MOST) as whole:  # object storage reads a file more than once
            shutil.copyfileobj(content, whole)
            whole.seek(0)
            file: Any = File(whole, name=member.name)
            file.size = member.size
            storage.delete(member.name)  # or it would be kept beside, under another name
            saved = storage.save(member.name, file)
        if saved != member.name:
            raise BackupError(f"Le fichier {member.name} n’a pas pu reprendre son nom ({saved}).")
