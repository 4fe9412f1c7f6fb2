"""What a backup says of itself, and whether this site can bring it back."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from ..media.storages import peoples_storages
from ..postgresql_programs import server_version
from . import sealing
from .errors import BackupError

FORMAT = 2
DATABASE, FILES, INVENTORY, MANIFEST = "database.dump", "files-{}.tar", "inventory.json", "manifest.json"


@dataclass
class Manifest:
    """The versions of PostgreSQL (server, programs), of the site and of its tables; the files and their SHA-256."""

    server: int
    programs: int
    storages: list[str]
    format: int = FORMAT
    version: str = "0"
    migrations: list[str] = field(default_factory=list)
    encrypted: bool = False
    made_at: str = ""
    files: dict[str, str] = field(default_factory=dict)

    def path_of(self, folder: Path, name: str) -> Path:
        """Return where a part of the backup is, encrypted or not."""
        return folder / (name + sealing.ENDING if self.encrypted else name)

    def parts(self) -> list[str]:
        """Return the names of the files of the backup, as they are before encryption."""
        inventory = [INVENTORY] if self.format >= FORMAT else []  # format 1 had none
        return [DATABASE, *(FILES.format(alias) for alias in self.storages), *inventory]

    def write(self, folder: Path) -> None:
        """Seal the backup: the checksums of its parts, then the manifest. Raises OSError."""
        paths = [self.path_of(folder, name) for name in self.parts()]
        self.files = {path.name: checksum(path) for path in paths}
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")

    def pending(self) -> list[str]:
        """Return the migrations that this site has and the backup has not: to be run once it is restored."""
        return sorted(set(_known()) - set(self.migrations))


def new_manifest(*, programs: int, encrypted: bool) -> Manifest:
    """Return the manifest of a backup of this site, made now. Raises DatabaseError."""
    loader = MigrationLoader(connection)
    # Only those that this code knows: a database may remember some that were merged into others since.
    migrations = sorted(f"{app}.{name}" for app, name in loader.applied_migrations if (app, name) in loader.graph.nodes)
    return Manifest(
        server=server_version(),
        programs=programs,
        storages=list(peoples_storages()),
        version=site_version(),
        migrations=migrations,
        encrypted=encrypted,
        made_at=timezone.now().isoformat(timespec="seconds"),
    )


def checked_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup that is whole and that this site can bring back. Raises BackupError, OSError."""
    manifest = _read(folder)
    for name, expected in manifest.files.items():
        if not (folder / name).exists():
            raise BackupError(f"La sauvegarde est incomplète : {name} manque.")
        if checksum(folder / name) != expected:
            raise BackupError(f"La sauvegarde est inutilisable : {name} est abîmé.")
    if unknown := set(manifest.storages) - set(peoples_storages()):
        raise BackupError(f"La sauvegarde a des fichiers d’un lieu que STORAGES ne nomme pas : « {min(unknown)} ».")
    if (ours := server_version()) < manifest.server:
        raise BackupError(
            f"La sauvegarde vient de PostgreSQL {manifest.server}, plus récent que celui de ce site ({ours})."
        )
    if _ordered(manifest.version) > _ordered(site_version()):
        raise BackupError(
            f"La sauvegarde vient d’une version plus récente de ce site ({manifest.version}) : mettez d’abord celui-ci "
            f"à jour ({site_version()})."
        )
    if unknown := set(manifest.migrations) - set(_known()):
        raise BackupError(
            f"La sauvegarde a des tables que cette version du site ne connaît pas (« {min(unknown)} ») : mettez-le "
            "d’abord à jour, avec les mêmes réglages."
        )
    return manifest


def _read(folder: Path) -> Manifest:
    if not (folder / MANIFEST).exists():
        raise BackupError(f"{folder} ne contient pas de sauvegarde, ou elle est incomplète ({MANIFEST} manque).")
    try:
        values = json.loads((folder / MANIFEST).read_text("utf-8"))
        if int(values["format"]) > FORMAT:
            raise BackupError(f"La sauvegarde vient d’une version plus récente de ce site ({MANIFEST}).")
        manifest = Manifest(**values)
        manifest.server, manifest.programs = int(manifest.server), int(manifest.programs)
        _ordered(manifest.version)
        if set(manifest.files) != {manifest.path_of(folder, name).name for name in manifest.parts()}:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{MANIFEST} est illisible, ou d’une autre version de ce site.") from error
    return manifest


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def site_version() -> str:
    """Return the version of the site's code."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
    return str(project["project"]["version"])


def _ordered(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _known() -> list[str]:
    return [f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes]
