"""Prove that a backup can be brought back."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from psycopg import Error as DriverError

from kb_site.backup.drill import Report, drill
from kb_site.backup.errors import BackupError
from kb_site.backup.sealing import identity_in
from kb_site.backup.services import back_up
from kb_site.health.models import Operation, note_operation
from kb_site.postgresql_programs import ProgramsError

SHOWN_MOST = 20  # differences


class Command(BaseCommand):
    help = "Rétablit une sauvegarde à côté du site, la compare à ce qu’elle doit contenir, puis l’oublie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DOSSIER", nargs="?", help="Sans dossier : une nouvelle.")
        parser.add_argument(
            "--key", type=Path, metavar="FICHIER", help="Fichier de la clé privée, si elle est chiffrée."
        )

    def handle(self, *args: Any, folder: Path | None, key: Path | None, **options: Any) -> None:
        begun = time.monotonic()
        try:
            if folder:
                report = drill(folder, identity=identity_in(key) if key else None)
            else:
                with TemporaryDirectory(prefix="sauvegarde-") as place:
                    back_up(Path(place))
                    report = drill(Path(place))
        except (BackupError, ProgramsError, DatabaseError, DriverError, OSError) as error:
            raise CommandError(f"La répétition n’a pas pu être faite. {error}") from error
        self._say(report)
        if report.wrong:
            raise CommandError("Cette sauvegarde ne redonne pas ce que le site contenait.")
        note_operation(Operation.Kind.DRILL)
        seconds = round(time.monotonic() - begun)
        self.stdout.write(f"Répétition réussie en {seconds} s : cette sauvegarde redonne le site.")

    def _say(self, report: Report) -> None:
        made, said = report.manifest, self.stdout.write
        said(f"Sauvegarde du {made.made_at}, site {made.version}, PostgreSQL {made.server}.")
        said(f"Base : {report.tables} tables, {report.rows} lignes comparées.")
        for alias, (count, size) in report.files.items():
            said(f"Fichiers « {alias} » : {count}, {filesizeformat(size)}, comparés.")
        if made.pending():
            said(f"Migrations à passer ensuite : {len(made.pending())}.")
        for line in report.wrong[:SHOWN_MOST]:
            said(f"  - {line}")
        if len(report.wrong) > SHOWN_MOST:
            said(f"  - et {len(report.wrong) - SHOWN_MOST} autres.")
