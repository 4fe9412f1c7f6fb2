"""Back up the database and the files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from psycopg import Error as DriverError

from kb_site.backup.errors import BackupError
from kb_site.backup.services import back_up
from kb_site.health.models import Operation, note_operation
from kb_site.postgresql_programs import ProgramsError


class Command(BaseCommand):
    help = "Sauvegarde la base et les fichiers dans un dossier."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DOSSIER")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = back_up(folder, public_key=settings.BACKUP_PUBLIC_KEY)
        except (BackupError, ProgramsError, DatabaseError, DriverError, OSError) as error:
            raise CommandError(f"La sauvegarde n’est pas faite. {error}") from error
        note_operation(Operation.Kind.BACKUP)
        self.stdout.write(f"Sauvegarde {'chiffrée ' if manifest.encrypted else ''}faite dans {folder}.")
