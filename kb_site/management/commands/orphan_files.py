"""Tell of the files that nothing names any more, and of those that are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.defaultfilters import filesizeformat

from kb_site.media.orphans import forget_orphans, look_for_orphans


class Command(BaseCommand):
    help = "Dit quels fichiers rien ne nomme plus (la nuit, ils sont effacés) et lesquels manquent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="Efface maintenant ceux que rien ne nomme plus.")

    def handle(self, *args: Any, delete: bool, **options: Any) -> None:
        report = forget_orphans() if delete else look_for_orphans()
        for alias, orphans in report.orphans.items():
            done = "effacés" if delete else "que rien ne nomme"
            self.stdout.write(f"« {alias} » : {len(orphans)} fichiers {done} ({filesizeformat(sum(orphans.values()))})")
            for name, size in orphans.items():
                self.stdout.write(f"  {name} ({filesizeformat(size)})")
            for name in report.missing[alias]:
                self.stdout.write(f"  MANQUE : {name}")
