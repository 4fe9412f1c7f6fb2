"""Answer judged queries on a scratch index, with the engine, the analysis and the ranking of the site."""

import datetime
import gzip
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kb_site.accounts.principals import PUBLIC
from kb_site.benchmarks.scratch_index import ENGINES, scratch_engine, settle
from search.engines.postgresql import PostgresqlEngine
from search.models import SearchEntry
from search.queries import SearchQuery
from search.services import answer

BATCH = 500
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def _lines(path: str) -> Iterator[dict[str, Any]]:
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")  # noqa: SIM115
    with opened as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def _entry(document: dict[str, Any]) -> SearchEntry:
    return SearchEntry(
        key=str(document["id"])[:60],
        kind="ressource",
        title=document["title"][:255],
        body=document["body"],
        principals=[PUBLIC],
        published_at=LONG_AGO,
        updated_at=LONG_AGO,
    )


class Command(BaseCommand):
    help = (
        "Répond à des requêtes jugées sur un index d’essai, jamais celui du site, qui peut tourner pendant ce temps. "
        "Écrit une ligne « requête<tabulation>document » par résultat, dix par requête."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--corpus", required=True, help="documents, un objet JSON par ligne : id, title, body (.gz)"
        )
        parser.add_argument(
            "--queries", required=True, help="requêtes, un objet JSON par ligne : id et le champ demandé"
        )
        parser.add_argument("--field", default="text", help="champ de la requête : text, no_accents, typo")
        parser.add_argument("--engine", default="postgresql", choices=ENGINES)
        parser.add_argument("--out", required=True, help="fichier à écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        queries = list(_lines(options["queries"]))
        if missing := [query for query in queries if options["field"] not in query]:
            raise CommandError(f"Champ « {options['field']} » absent de {len(missing)} requêtes.")
        with scratch_engine(options["engine"]) as engine, Path(options["out"]).open("w", encoding="utf-8") as out:
            SearchEntry.objects.bulk_create(map(_entry, _lines(options["corpus"])), batch_size=BATCH)
            indexed = PostgresqlEngine().rebuild()  # corrections read it, whatever the engine
            if not isinstance(engine, PostgresqlEngine):
                engine.rebuild()
            settle()
            for query in queries:
                asked = SearchQuery(text=SearchQuery.tidy(query[options["field"]]), principals=frozenset({PUBLIC}))
                for hit in answer(asked, engine).hits:
                    out.write(f"{query['id']}\t{hit.entry.key}\n")
        self.stdout.write(
            f"{indexed} documents, {len(queries)} requêtes, moteur {options['engine']} : {options['out']}"
        )
