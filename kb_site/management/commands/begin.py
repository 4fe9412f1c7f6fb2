"""The first hour of a real site: asks for what is missing on the command line, then makes it all or nothing."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb_site.compliance.publisher import lacking
from kb_site.home.blanks import blank_pages
from kb_site.home.first_hour import Answers, StructuresRefused, begin
from kb_site.identity.models import Identity

# Option, what is asked; those of the first list must be answered.
NEEDED = (
    ("name", "Nom du site"),
    ("network", "Nom du premier réseau"),
    ("email", "Votre adresse e-mail (administration)"),
    ("first_name", "Votre prénom"),
    ("last_name", "Votre nom"),
)
OPTIONAL = (
    ("sentence", "Le site en une phrase"),
    ("colour", "Couleur, par exemple #7a1fa2 (vide : le vert du produit)"),
    ("contact", "Adresse de contact, montrée aux visiteurs"),
    ("publisher", "Éditeur du site (mentions légales)"),
    ("publisher_address", "Adresse de l’éditeur"),
    ("publication_director", "Responsable de la publication"),
    ("host", "Hébergeur : nom, adresse, téléphone"),
)
OF_ACCOUNT = frozenset({"network", "email", "first_name", "last_name"})


class Command(BaseCommand):
    help = "Première heure d’un site : son nom, ses mentions, sa première administratrice, son réseau, le vocabulaire."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, asked in (*NEEDED, *OPTIONAL):
            parser.add_argument(f"--{name.replace('_', '-')}", default=None, help=asked)
        parser.add_argument(
            "--structures", type=Path, metavar="FICHIER", help="Tableau des structures (CSV, en UTF-8)."
        )
        parser.add_argument("--no-input", action="store_true", help="Ne demande rien : les options disent tout.")

    def handle(self, *args: Any, no_input: bool, structures: Path | None, **options: Any) -> None:
        if settings.DEMO:
            raise CommandError("La démonstration a déjà ses comptes : « begin » est pour un vrai site (sans DEMO).")
        told = {name: (options[name] or "").strip() for name, _asked in (*NEEDED, *OPTIONAL)}
        if not no_input and sys.stdin.isatty():
            told |= {name: self._ask(asked, told[name]) for name, asked in NEEDED if not told[name]}
            told |= {name: self._ask(asked, told[name]) for name, asked in OPTIONAL if options[name] is None}
        if missing := [f"--{name.replace('_', '-')}" for name, _asked in NEEDED if not told[name]]:
            raise CommandError(f"Il manque : {', '.join(missing)}.")
        call_command("setup_site", stdout=self.stdout)
        identity = {name: value for name, value in told.items() if name not in OF_ACCOUNT and value}
        account = {name: told[name] for name in OF_ACCOUNT}
        try:
            rows = structures.read_text("utf-8-sig") if structures else ""
            done = begin(Answers(**account, identity=identity, structures=rows))
        except ValidationError as error:
            raise CommandError("\n".join(["Rien n’est fait.", *self._words(error)])) from error
        except StructuresRefused as refused:
            lines = [f"ligne {row.number} : {' '.join(row.problems)}" for row in refused.rows if row.problems]
            raise CommandError("\n".join(["Rien n’est fait : des structures sont refusées.", *lines])) from refused
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Rien n’est fait : {structures} ne se lit pas. {error}") from error
        self._say(told, done.vocabulary, len(done.rows))

    def _ask(self, asked: str, value: str) -> str:
        return value or input(f"{asked} : ").strip()

    @staticmethod
    def _words(error: ValidationError) -> list[str]:
        if not hasattr(error, "error_dict"):
            return error.messages
        asked = dict((*NEEDED, *OPTIONAL))
        return [f"{asked.get(name, name)} : {' '.join(words)}" for name, words in error.message_dict.items()]

    def _say(self, told: dict[str, str], vocabulary: Any, structures: int) -> None:
        added = ", ".join(f"{count} {name}" for name, count in vocabulary.items() if count)
        self.stdout.write(f"Vocabulaire : {added or 'déjà là'}. Structures : {structures}.")
        self.stdout.write(
            f"Entrez sur {settings.SITE_URL}/compte/connexion/ avec {told['email']} : un code y est envoyé."
        )
        todo = [
            "invitez l’édition et l’animation : Comptes, puis « Rôles »",
            "vérifiez « Santé du site » dans les rapports",
        ]
        if missing := lacking(Identity.objects.get()):
            todo.append(f"dites dans « Identité du site » : {', '.join(missing)}")
        todo += [f"complétez « {page.title} » : il y reste un blanc" for page in blank_pages()]
        self.stdout.write("\n".join(["À faire ensuite :", *(f"  - {one}" for one in todo)]))
