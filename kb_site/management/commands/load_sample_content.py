"""Load the sample content of fixtures/; a second run adds nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from kb_site.home.sample_content import load_sample_content


class Command(BaseCommand):
    help = "Charge le contenu d’exemple de fixtures/ (ce qui existe déjà n’est pas touché)."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_sample_content()
        total = sum(added.values())
        details = ", ".join(f"{name} : {count}" for name, count in added.items() if count)
        self.stdout.write(f"Contenu d’exemple : {total} ajout(s). {details}".strip())
