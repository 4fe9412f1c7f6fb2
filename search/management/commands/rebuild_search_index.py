"""Write every search entry and the index anew."""

from typing import Any

from django.core.management.base import BaseCommand

from search.entries import rebuild_entries


class Command(BaseCommand):
    help = "Reconstruit l’index de recherche."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Index reconstruit : {rebuild_entries()} entrées.")
