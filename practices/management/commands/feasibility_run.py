"""Say for profiles of lacks what each published card is worth, to compare it with what professionals judge."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from practices.feasibility.card_facts import READ_BESIDE, facts_of
from practices.feasibility.lacks import Lack
from practices.feasibility.verdicts import judge
from practices.models import Condition, PracticePage

NOTHING = "none"


class Command(BaseCommand):
    help = (
        "Écrit le verdict de chaque fiche publiée pour des profils de manques, une ligne "
        "« profil<tabulation>fiche<tabulation>verdict » chacun : feasible, fallback, adapt ou no."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--profiles",
            required=True,
            help="un profil par ligne : les identifiants des conditions qui manquent, joints par + (« none » : aucune)",
        )
        parser.add_argument("--out", required=True, help="fichier à écrire")

    def handle(self, *args: Any, profiles: str, out: str, **options: Any) -> None:
        known = {condition.slug: Lack.of(condition) for condition in Condition.objects.all()}
        asked = {line: self._lacks(line, known) for line in self._lines(profiles)}
        cards = {page.slug: facts_of(page) for page in PracticePage.objects.live().prefetch_related(*READ_BESIDE)}
        rows = [
            f"{profile}\t{slug}\t{judge(cards[slug], lacks).verdict}\n"
            for profile, lacks in asked.items()
            for slug in sorted(cards)
        ]
        Path(out).write_text("".join(rows), encoding="utf-8")
        self.stdout.write(f"{len(asked)} profils, {len(cards)} fiches : {len(rows)} verdicts dans {out}")

    @staticmethod
    def _lines(profiles: str) -> list[str]:
        try:
            lines = Path(profiles).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Fichier de profils illisible : {error}") from error
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    @staticmethod
    def _lacks(profile: str, known: dict[str, Lack]) -> list[Lack]:
        slugs = [slug.strip() for slug in profile.split("+") if slug.strip() != NOTHING]
        if unknown := [slug for slug in slugs if slug not in known]:
            raise CommandError(f"Condition inconnue : {', '.join(unknown)} (dans « {profile} »)")
        return [known[slug] for slug in slugs]
