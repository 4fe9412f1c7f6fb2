"""Back up and restore everything that people made: the database and the files they sent.

A backup is a folder: `database.dump` (pg_dump's custom format), one `files-NAME.tar` for each storage of
settings.STORAGES, and `manifest.json`, written last, with what restoring must know and check.
"""

import hashlib
import json
import posixpath
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import STATICFILES_STORAGE_ALIAS, settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import connections
from wagtail.models import Site

from .page_cache import forget_pages
from .postgresql_programs import programs_for, server_version

FORMAT = 1
DATABASE, FILES, MANIFEST = "database.dump", "files-{}.tar", "manifest.json"


class BackupError(Exception):
    """The backup cannot be made or read; the message says why, in French."""


def peoples_storages() -> dict[str, Storage]:
    """Return every storage of the site by its name in settings.STORAGES, but that of static files, which are code."""
    return {alias: storages[alias] for alias in settings.STORAGES if alias != STATICFILES_STORAGE_ALIAS}


def back_up(folder: Path) -> None:
    """Write a backup in this folder, which must not hold one yet.

    Raises BackupError, ProgramsError, DatabaseError, OSError; nothing is left in the folder then.
    """
    if (folder / DATABASE).exists():
        raise BackupError(f"{folder} contient déjà une sauvegarde.")
    server = server_version()
    programs = programs_for(server)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # the talk of groups is in it
    archives = {alias: folder / FILES.format(alias) for alias in peoples_storages()}
    try:
        # The database first: a file sent meanwhile is then one too many, never one too few.
        programs.dump(folder / DATABASE)
        for alias, archive in archives.items():
            _pack(storages[alias], archive)
        written = [folder / DATABASE, *archives.values()]
        manifest = {
            "format": FORMAT,
            "server": server,
            "programs": programs.major,
            "storages": list(archives),
            "files": {path.name: _checksum(path) for path in written},
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    except Exception:
        for path in (folder / DATABASE, *archives.values(), folder / MANIFEST):
            path.unlink(missing_ok=True)
        raise


def restore(folder: Path) -> None:
    """Bring a backup back, in place of all that the database and the storages hold.

    Raises BackupError or ProgramsError before anything is touched when the backup is not whole or does not suit this
    site; ProgramsError, everything left as it was, when the server refuses it; OSError when a file cannot be written:
    the database is then that of the backup, and restoring again puts the files right.
    """
    manifest = _checked(folder)
    server = server_version()
    if manifest["server"] > server:
        raise BackupError(
            f"La sauvegarde vient de PostgreSQL {manifest['server']}, plus récent que celui de ce site ({server})."
        )
    programs = programs_for(server, dumped_by=manifest["programs"])
    programs.read_through(folder / DATABASE)
    connections.close_all()
    programs.restore(folder / DATABASE)
    for alias in manifest["storages"]:
        _unpack(folder / FILES.format(alias), storages[alias])
    forget_pages()
    Site.clear_site_root_paths_cache()


def _checked(folder: Path) -> dict[str, Any]:
    """Return the manifest of a backup whose files are all there, as they were written. Raises BackupError, OSError."""
    if not (folder / MANIFEST).exists():
        raise BackupError(f"{folder} ne contient pas de sauvegarde, ou elle est incomplète ({MANIFEST} manque).")
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        expected = {DATABASE, *(FILES.format(alias) for alias in manifest["storages"])}
        if manifest["format"] != FORMAT or set(manifest["files"]) != expected:
            raise ValueError
        _server, _programs = int(manifest["server"]), int(manifest["programs"])
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{MANIFEST} est illisible, ou d’une autre version de ce site.") from error
    for name, checksum in manifest["files"].items():
        if not (folder / name).exists():
            raise BackupError(f"La sauvegarde est incomplète : {name} manque.")
        if _checksum(folder / name) != checksum:
            raise BackupError(f"La sauvegarde est inutilisable : {name} est abîmé.")
    if unknown := set(manifest["storages"]) - set(peoples_storages()):
        raise BackupError(f"La sauvegarde a des fichiers d’un lieu que STORAGES ne nomme pas : « {min(unknown)} ».")
    return manifest


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of every file of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nobody has sent anything yet
        return
    yield from (posixpath.join(folder, name) for name in files if name)  # S3 lists a folder in itself, without a name
    for name in folders:
        yield from _names(storage, posixpath.join(folder, name))


def _pack(storage: Storage, archive: Path) -> None:
    with tarfile.open(archive, "w") as tar:
        for name in _names(storage):
            with suppress(FileNotFoundError), storage.open(name) as file:  # deleted meanwhile: no longer anybody's
                member = tarfile.TarInfo(name)
                member.size = file.size
                tar.addfile(member, file)


def _unpack(archive: Path, storage: Storage) -> None:
    """Leave in the storage the files of the archive and no other."""
    with tarfile.open(archive) as tar:
        names = set(tar.getnames())
        for name in [name for name in _names(storage) if name not in names]:
            storage.delete(name)
        for member in tar:
            content = File(tar.extractfile(member), name=member.name)
            content.size = member.size
            storage.delete(member.name)  # or it would be kept beside, under another name
            saved = storage.save(member.name, content)
            if saved != member.name:
                raise BackupError(f"Le fichier {member.name} n’a pas pu reprendre son nom ({saved}).")
