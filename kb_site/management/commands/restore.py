"""Bring a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from kb_site.backup import BackupError, restore
from kb_site.postgresql_programs import ProgramsError


class Command(BaseCommand):
    help = "Rétablit une sauvegarde : ce que contiennent la base et les fichiers est remplacé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DOSSIER")
        parser.add_argument("--yes", action="store_true", help="Ne pas demander confirmation.")

    def handle(self, *args: Any, folder: Path, yes: bool, **options: Any) -> None:
        if not yes and input("Tout ce que contient ce site sera remplacé. Écrivez « oui » : ").strip() != "oui":
            raise CommandError("Rien n’est changé.")
        try:
            restore(folder)
        except (BackupError, ProgramsError, DatabaseError, OSError) as error:
            raise CommandError(f"La sauvegarde n’est pas rétablie. {error}") from error
        self.stdout.write("Sauvegarde rétablie.")
