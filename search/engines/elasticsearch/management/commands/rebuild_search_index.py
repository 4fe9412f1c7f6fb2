"""Write every search entry and the index of each engine in use anew."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.engines.elasticsearch import outbox as indexing
from search.engines.interface import EngineUnavailable
from search.entries import rebuild_entries


class Command(BaseCommand):
    help = "Reconstruit l’index de recherche, sans interrompre les recherches."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"PostgreSQL : {rebuild_entries()} entrées.")
        if not settings.ELASTICSEARCH_URL:
            return
        try:
            count = indexing.rebuild(self._show)
        except indexing.RebuildRunning as error:
            raise CommandError("Une reconstruction est déjà en cours.") from error
        except EngineUnavailable as error:
            raise CommandError(f"Elasticsearch ne répond pas : {error}") from error
        self.stdout.write(f"Elasticsearch : {count} entrées.")

    def _show(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} / {total}")
