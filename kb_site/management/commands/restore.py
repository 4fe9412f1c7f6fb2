"""Bring a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from psycopg import Error as DriverError

from kb_site.backup.errors import BackupError
from kb_site.backup.sealing import identity_in
from kb_site.backup.services import restore
from kb_site.postgresql_programs import ProgramsError


class Command(BaseCommand):
    help = "Rétablit une sauvegarde : ce que contiennent la base et les fichiers est remplacé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DOSSIER")
        parser.add_argument("--yes", action="store_true", help="Ne pas demander confirmation.")
        parser.add_argument(
            "--key", type=Path, metavar="FICHIER", help="Fichier de la clé privée, si elle est chiffrée."
        )

    def handle(self, *args: Any, folder: Path, yes: bool, key: Path | None, **options: Any) -> None:
        if not yes and input("Tout ce que contient ce site sera remplacé. Écrivez « oui » : ").strip() != "oui":
            raise CommandError("Rien n’est changé.")
        try:
            manifest = restore(folder, identity=identity_in(key) if key else None)
        except (BackupError, ProgramsError, DatabaseError, DriverError, OSError) as error:
            raise CommandError(f"La sauvegarde n’est pas rétablie. {error}") from error
        self.stdout.write("Sauvegarde rétablie.")
        if manifest.pending():
            self.stdout.write("Elle est d’une version plus ancienne : lancez maintenant « manage.py migrate ».")
