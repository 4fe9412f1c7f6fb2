"""Make a backup, and bring one back."""

import json
import logging
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.db import connections
from wagtail.models import Site

from ..kept.versions import forget_all
from ..media.storages import peoples_storages
from ..postgresql_programs import Programs, programs_for, server_version
from . import sealing
from .errors import BackupError
from .inventory import Files, frozen, snapshot_of, tables_of
from .manifest import DATABASE, FILES, INVENTORY, MANIFEST, Manifest, checked_manifest, new_manifest
from .storages import pack, read_through, unpack

logger = logging.getLogger(__name__)


def back_up(folder: Path, *, public_key: str = "") -> Manifest:
    """Write a backup in this folder, which must not hold one yet; encrypted when there is a public key.

    Raises BackupError, ProgramsError, DatabaseError, OSError; nothing is left in the folder then.
    """
    recipient = sealing.recipient_of(public_key)
    if any((folder / name).exists() for name in (DATABASE, DATABASE + sealing.ENDING, MANIFEST)):
        raise BackupError(f"{folder} contient déjà une sauvegarde.")
    programs = programs_for(server_version())
    manifest = new_manifest(programs=programs.major, encrypted=recipient is not None)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # the talk of groups is in it
    parts = {name: manifest.path_of(folder, name) for name in manifest.parts()}
    try:
        inventory: dict[str, Any] = {"files": {}}
        # The database first: a file sent meanwhile is then one too many, never one too few.
        with frozen() as database, sealing.written(parts[DATABASE], recipient) as dump:
            programs.dump(dump, snapshot=snapshot_of(database))
            inventory["tables"] = tables_of(database)
        for alias in peoples_storages():
            with sealing.written(parts[FILES.format(alias)], recipient) as archive:
                inventory["files"][alias] = pack(storages[alias], archive)
        with sealing.written(parts[INVENTORY], recipient) as file:
            file.write(json.dumps(inventory).encode())
        manifest.write(folder)
    except Exception:
        for path in (*parts.values(), folder / MANIFEST):
            path.unlink(missing_ok=True)
        raise
    return manifest


def restore(folder: Path, *, identity: sealing.Identity | None = None) -> Manifest:
    """Bring a backup back, in place of all that the database and the storages hold.

    Whoever works on the site meanwhile waits, then goes on with what the backup holds. Raises BackupError or
    ProgramsError before anything is touched when the backup is not whole or does not suit this site; ProgramsError,
    everything left as it was, when the server refuses it; OSError when a file cannot be written: the database is then
    that of the backup, and restoring again puts the files right.
    """
    manifest, programs, files = opened(folder, identity)
    connections.close_all()
    with sealing.read(manifest.path_of(folder, DATABASE), identity) as dump:
        programs.restore(dump)
    for alias, names in files.items():
        with sealing.read(manifest.path_of(folder, FILES.format(alias)), identity) as archive:
            unpack(archive, storages[alias], names)
    forget_all()
    Site.clear_site_root_paths_cache()
    logger.warning("Restored the backup of %s", manifest.made_at)
    return manifest


def opened(folder: Path, identity: sealing.Identity | None) -> tuple[Manifest, Programs, dict[str, Files]]:
    """Read a backup to its end without touching anything; return what it says, who can restore it, and its files.

    Raises BackupError, ProgramsError, OSError.
    """
    manifest = checked_manifest(folder)
    programs = programs_for(server_version(), dumped_by=manifest.programs)
    with sealing.read(manifest.path_of(folder, DATABASE), identity) as dump:
        programs.read_through(dump)
    files = {}
    for alias in manifest.storages:
        with sealing.read(manifest.path_of(folder, FILES.format(alias)), identity) as archive:
            files[alias] = read_through(archive)
    return manifest, programs, files
