"""Answer judged queries on a scratch index, with the engine, the analysis and the ranking of the site."""

import datetime
import gzip
import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from kb_site.accounts.principals import PUBLIC
from kb_site.benchmarks.scratch_index import ENGINES, scratch_engine, settle
from search.engines.interface import Engine
from search.engines.postgresql import PostgresqlEngine
from search.models import SearchEntry
from search.queries import NEAR_SHOWN, PAGE_SIZE, SearchQuery
from search.services import answer

BATCH = 500
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def _lines(path: str) -> Iterator[dict[str, Any]]:
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")  # noqa: SIM115
    with opened as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def _entry(document: dict[str, Any], key: str) -> SearchEntry:
    """Return the row of a document; what a corpus of plain sheets does not say is left as nothing says it."""
    return SearchEntry(
        key=key,
        kind=document.get("kind", "ressource"),
        title=document["title"][:255],
        summary=document.get("summary", ""),
        body=document["body"],
        keywords=document.get("keywords", ""),
        facets=document.get("facets", []),
        principals=document.get("principals", [PUBLIC]),
        url=document.get("url", ""),
        published_at=LONG_AGO,
        updated_at=LONG_AGO,
    )


@dataclass(frozen=True)
class _Run:
    """What is loaded, what is asked of it and by whom."""

    corpus: str
    queries: list[dict[str, Any]]
    principals: frozenset[str]
    field: str
    keys: dict[str, str]  # of the site's own entries, by address
    most_near: int

    def load(self) -> dict[str, str]:
        """Store the corpus; return the key of each document by the key of its row.

        A document that has the address of something on the site takes its key: what editors say of that page holds.
        """
        names, rows = {}, []
        for document in _lines(self.corpus):
            own = str(document["key"] if "key" in document else document["id"])[:60]
            key = self.keys.get(document.get("url", ""), own)
            names[key] = own
            rows.append(_entry(document, key))
        SearchEntry.objects.bulk_create(rows, batch_size=BATCH)
        return names

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the words of each query."""
        for query in self.queries:
            yield query["id"], SearchQuery.tidy(query[self.field])

    def answers(self, engine: Engine, names: dict[str, str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Yield the id of each query and what it finds, best first: the key, and "sure" or "unsure"."""
        for number, text in self.texts():
            found = answer(SearchQuery(text=text, principals=self.principals, most_near=self.most_near), engine)
            shown = {"sure": found.hits, "unsure": found.near}
            yield number, [(names[hit.entry.key], how) for how, hits in shown.items() for hit in hits]


def _helplines(text: str) -> bool:
    """Whether helplines stand beside the results of a search."""
    return apps.is_installed("kb_site.helplines") and bool(
        import_string("kb_site.helplines.services.helplines_for")(text)
    )


class Command(BaseCommand):
    help = (
        "Répond à des requêtes jugées sur un index d’essai, jamais celui du site, qui peut tourner pendant ce temps. "
        "Avec --corpus et --queries, écrit « requête<tabulation>document » par résultat, dix par requête. Avec --terrain, "
        "lit corpus.jsonl, queries.jsonl et readers.json d’un dossier et écrit « requête, rang, clé, sure ou unsure », "
        "et « helpline » là où des numéros d’aide s’affichent. Les mots équivalents et les thèmes sont ceux du site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--terrain", help="dossier de recherches de terrain jugées")
        parser.add_argument("--reader", default="visitor", help="lecteur de readers.json, avec --terrain")
        parser.add_argument("--corpus", help="documents, un objet JSON par ligne : id, title, body (.gz)")
        parser.add_argument("--queries", help="requêtes, un objet JSON par ligne : id et le champ demandé")
        parser.add_argument("--field", default="text", help="champ de la requête : text, no_accents, typo")
        parser.add_argument("--engine", default="postgresql", choices=ENGINES)
        parser.add_argument("--out", required=True, help="fichier à écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        run = self._run(options)
        if missing := [query for query in run.queries if run.field not in query]:
            raise CommandError(f"Champ « {run.field} » absent de {len(missing)} requêtes.")
        lines = _judged_lines if options["terrain"] else _plain_lines
        with scratch_engine(options["engine"]) as engine, Path(options["out"]).open("w", encoding="utf-8") as out:
            names = run.load()
            indexed = PostgresqlEngine().rebuild()  # corrections read it, whatever the engine
            if not isinstance(engine, PostgresqlEngine):
                engine.rebuild()
            settle()
            for line in lines(run, engine, names):
                out.write("\t".join(map(str, line)) + "\n")
        self.stdout.write(
            f"{indexed} documents, {len(run.queries)} requêtes, moteur {options['engine']} : {options['out']}"
        )

    def _run(self, options: dict[str, Any]) -> _Run:
        if not options["terrain"]:
            if not (options["corpus"] and options["queries"]):
                raise CommandError("Donnez --terrain, ou --corpus et --queries.")
            queries = list(_lines(options["queries"]))
            return _Run(options["corpus"], queries, frozenset({PUBLIC}), options["field"], {}, PAGE_SIZE)
        folder = Path(options["terrain"])
        readers = json.loads((folder / "readers.json").read_text("utf-8"))
        if options["reader"] not in readers:
            raise CommandError(f"Lecteur « {options['reader']} » inconnu : {', '.join(readers)}.")
        return _Run(
            str(folder / "corpus.jsonl"),
            list(_lines(str(folder / "queries.jsonl"))),
            frozenset(readers[options["reader"]]),
            options["field"],
            dict(SearchEntry.objects.exclude(url="").values_list("url", "key")),
            NEAR_SHOWN,
        )


def _plain_lines(run: _Run, engine: Engine, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for number, keys in run.answers(engine, names):
        for key, _confidence in keys[:PAGE_SIZE]:
            yield number, key


def _judged_lines(run: _Run, engine: Engine, names: dict[str, str]) -> Iterator[Iterable[object]]:
    texts = dict(run.texts())
    for number, keys in run.answers(engine, names):
        if _helplines(texts[number]):
            yield number, 0, "helpline", "sure"
        for rank, (key, confidence) in enumerate(keys, 1):
            yield number, rank, key, confidence
