"""Fill the site with synthetic cards, topics and comments, to measure it at scale."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb_site.benchmarks.synthetic_content import populate_cards
from kb_site.benchmarks.synthetic_topics import populate_comments, populate_topics
from practices.models import PracticePage
from search.entries import rebuild_entries


class Command(BaseCommand):
    help = "Ajoute des fiches, des sujets et des commentaires fabriqués, pour mesurer le site à grande échelle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cards", type=int, default=0)
        parser.add_argument("--topics", type=int, default=0)
        parser.add_argument("--comments", type=int, default=0, help="Sur les sujets ajoutés, sinon sur les fiches.")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, cards: int, topics: int, comments: int, seed: int, **options: Any) -> None:
        if not PracticePage.objects.live().exists():
            raise CommandError("Chargez d’abord le contenu d’exemple : manage.py load_sample_content.")
        begun = time.monotonic()
        if cards:
            populate_cards(cards, seed=seed, progress=self._progress)
        made = populate_topics(topics, seed=seed, progress=self._progress) if topics else []
        if comments:
            populate_comments(comments, seed=seed, progress=self._progress, topics=made)
        if cards or topics:
            self.stdout.write(f"Index de recherche : {rebuild_entries()} entrées")
        self.stdout.write(f"Fait en {time.monotonic() - begun:.0f} s.")

    def _progress(self, what: str, done: int) -> None:
        if done % 10_000 == 0:
            self.stdout.write(f"{done} {what}")
            self.stdout.flush()
