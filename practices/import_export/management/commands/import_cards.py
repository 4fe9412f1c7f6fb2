"""`manage.py import_cards FILE`: import a table of cards into the section of a network."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb_site.accounts.models import User
from practices.models import PracticeSectionPage

from ...limits import FileRefused
from ...services import Line, check_cards, import_cards


class Command(BaseCommand):
    help = "Importe un tableau de fiches (.xlsx ou .csv) dans la section d’un réseau. Voir docs/import-cards.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--network", required=True, help="l’adresse du réseau, par exemple chantiers-idf")
        parser.add_argument("--user", required=True, help="l’adresse e-mail de la personne au nom de qui on importe")
        parser.add_argument("--publish", action="store_true", help="publier les fiches complètes")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire")

    def handle(
        self, *args: Any, file: Path, network: str, user: str, publish: bool, dry_run: bool, **options: Any
    ) -> None:
        section = PracticeSectionPage.objects.filter(network__slug=network).first()
        if section is None:
            raise CommandError(f"Le réseau « {network} » n’existe pas.")
        by = User.objects.filter(email__iexact=user, is_active=True).first()
        if by is None or not by.is_approved:
            raise CommandError(f"Aucun compte validé n’a l’adresse « {user} ».")
        run = check_cards if dry_run else import_cards
        try:
            report = run(content=file.read_bytes(), section=section, by=by, publish=publish)
        except OSError as error:
            raise CommandError(f"Le fichier ne s’ouvre pas : {error.strerror}.") from error
        except FileRefused as error:
            raise CommandError(str(error)) from error
        for line in report.lines:
            self.stdout.write(f"ligne {line.number} : {line.outcome} – {line.identifier} {line.title}".rstrip())
            for message in line.messages:
                self.stdout.write(f"    {message}")
        if report.ignored:
            self.stdout.write(f"Colonnes ignorées : {', '.join(report.ignored)}")
        counts = ", ".join(f"{report.count(outcome)} {outcome}" for outcome in (Line.CREATED, Line.UPDATED, Line.SAME))
        if report.errors:
            raise CommandError(f"{report.errors} ligne(s) en erreur : rien n’a été importé.")
        self.stdout.write(f"{'Essai, rien n’est écrit' if dry_run else 'Importé'} : {counts}.")
