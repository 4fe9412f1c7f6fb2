"""`manage.py import_cards FILE`: import a table or documents: cards of a network, tools or resources."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from kb_site.accounts.models import User
from practices.models import PracticeSectionPage, ResourceIndexPage, ToolIndexPage

from ...limits import FileRefused
from ...options import Options
from ...services import Line, check_cards, import_cards


class Command(BaseCommand):
    help = "Importe un tableau ou des documents : fiches d’un réseau, outils, ressources. Voir docs/import-cards.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        into = parser.add_mutually_exclusive_group(required=True)
        into.add_argument("--network", help="l’adresse du réseau, par exemple chantiers-idf")
        into.add_argument("--tools", action="store_true", help="des fiches outils")
        into.add_argument("--resources", action="store_true", help="des ressources")
        parser.add_argument("--user", required=True, help="l’adresse e-mail de la personne au nom de qui on importe")
        parser.add_argument("--publish", action="store_true", help="publier ce qui est complet")
        parser.add_argument("--base", default="", help="l’adresse du site d’où viennent les documents")
        parser.add_argument("--lenient", action="store_true", help="laisser vide ce qui ne se lit pas, et le dire")
        parser.add_argument("--line-by-line", action="store_true", help="laisser de côté les lignes en erreur")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire")

    def handle(self, *args: Any, file: Path, user: str, publish: bool, dry_run: bool, **options: Any) -> None:
        section = _place(options)
        by = User.objects.filter(email__iexact=user, is_active=True).first()
        if by is None or not by.is_approved:
            raise CommandError(f"Aucun compte validé n’a l’adresse « {user} ».")
        run = check_cards if dry_run else import_cards
        chosen = Options(base=options["base"], lenient=options["lenient"], line_by_line=options["line_by_line"])
        try:
            content = file.read_bytes()
            report = run(content=content, section=section, by=by, publish=publish, options=chosen, name=file.name)
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
        if report.errors and not chosen.line_by_line:
            raise CommandError(f"{report.errors} ligne(s) en erreur : rien n’a été importé.")
        self.stdout.write(f"{'Essai, rien n’est écrit' if dry_run else 'Importé'} : {counts}.")


def _place(options: dict[str, Any]) -> Page:
    if options["tools"] or options["resources"]:
        place = (ToolIndexPage if options["tools"] else ResourceIndexPage).objects.first()
    else:
        place = PracticeSectionPage.objects.filter(network__slug=options["network"]).first()
    if place is None:
        raise CommandError(f"Le réseau « {options['network']} » n’existe pas.")
    return place
