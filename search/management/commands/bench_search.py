"""Measure search with three facets on made-up entries, against the engine's own bare lookup in the same run."""

import resource
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from kb_site.members.principals import MEMBERS, PUBLIC
from search.engines import Engine
from search.engines.postgresql import PostgresqlEngine
from search.index import models as index_models
from search.models import SearchEntry
from search.queries import SearchQuery
from search.scratch import ENGINES, scratch_engine, settle
from search.services import answer, understand
from search.synthetic import Synthesis

BATCH = 1000
FACETS = {"probleme": ("isolement", "illectronisme"), "canal": ("telephone", "sms", "visio"), "type": ("pratique",)}
PERSON = frozenset({PUBLIC, MEMBERS})
GOALS = {"postgresql": 25, "elasticsearch": 3}


@dataclass(frozen=True)
class Measure:
    """Milliseconds of one kind of query: the search with facets, and the bare lookup beside it."""

    kind: str
    searches: list[float]
    lookups: list[float]

    def quantile(self, share: int) -> float:
        return statistics.quantiles(self.searches, n=100, method="inclusive")[share - 1]

    @property
    def lookup(self) -> float:
        return statistics.median(self.lookups)


def _bare_lookup(engine: Engine, query: SearchQuery) -> Callable[[], Any]:
    """Return the engine's own lookup of ten rows that match: no rights, facets, counts nor highlights.

    An engine other than PostgreSQL's brings its own as a method `bare_lookup(asked)`.
    """
    asked, _correction = understand(query)
    if hasattr(engine, "bare_lookup"):
        return lambda: engine.bare_lookup(asked)
    terms = [term for word in asked.words for term in word.terms]
    sql = """SELECT e.id, e.key, e.title, e.summary, e.body, e.url FROM search_index_posting p
        JOIN findable_searchentry e ON e.id = p.entry_id WHERE p.term = ANY(%s::varchar[]) LIMIT 10"""

    def look_up() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [terms])
            cursor.fetchall()

    return look_up


def _milliseconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


class Command(BaseCommand):
    help = (
        "Mesure la recherche avec trois facettes sur des entrées fabriquées (mot rare, fréquent, trois mots), "
        "en rapport au simple repérage de dix lignes par le même moteur. Le site peut tourner pendant ce temps."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", default="1000,10000,100000", help="tailles, séparées par des virgules")
        parser.add_argument(
            "--engine", action="append", choices=ENGINES, help="moteur ; répéter l’option pour plusieurs"
        )
        parser.add_argument("--rounds", type=int, default=5, help="tours entrelacés")

    def handle(self, *args: Any, sizes: str, engine: list[str] | None, rounds: int, **options: Any) -> None:
        available = [name for name in ENGINES if name != "elasticsearch" or settings.ELASTICSEARCH_URL]
        for name in engine or available:
            frequent = {}
            for size in map(int, sizes.split(",")):
                measures = self._measure(name, size, rounds)
                frequent[size] = statistics.median(measures["mot fréquent"].searches)
            least, most = min(frequent), max(frequent)
            if most > least:
                growth = frequent[most] / frequent[least]
                self.stdout.write(f"{name} : mot fréquent, de {least} à {most} entrées : × {growth:.1f}\n")

    def _measure(self, name: str, size: int, rounds: int) -> dict[str, Measure]:
        synthesis = Synthesis()
        with scratch_engine(name) as engine:
            entries = synthesis.entries(size)
            while batch := list(islice(entries, BATCH)):
                SearchEntry.objects.bulk_create(batch)
            start = time.perf_counter()
            PostgresqlEngine().rebuild()  # understanding a query reads it, whatever the engine
            if not isinstance(engine, PostgresqlEngine):
                start = time.perf_counter()
                engine.rebuild()
            built = time.perf_counter() - start
            settle()
            self._tell_index(name, size, built)
            measures = {kind: self._rounds(engine, kind, texts, rounds) for kind, texts in synthesis.queries().items()}
        for measure in measures.values():
            self.stdout.write(
                f"  {measure.kind:13} p50 {measure.quantile(50):7.1f} ms  p95 {measure.quantile(95):7.1f} ms  "
                f"repérage {measure.lookup:6.2f} ms  p95/repérage {measure.quantile(95) / measure.lookup:6.1f} "
                f"(but ≤ {GOALS.get(name, '–')})"
            )
        return measures

    def _rounds(self, engine: Engine, kind: str, texts: list[str], rounds: int) -> Measure:
        queries = [SearchQuery(text=text, facets=FACETS, principals=PERSON) for text in texts]
        lookups = [_bare_lookup(engine, query) for query in queries]
        measure = Measure(kind, [], [])
        for number in range(rounds + 1):  # the first round warms up
            for query, lookup in zip(queries, lookups, strict=True):
                bare, full = _milliseconds(lookup), _milliseconds(lambda query=query: answer(query, engine))  # type: ignore[misc]
                if number:
                    measure.lookups.append(bare)
                    measure.searches.append(full)
        return measure

    def _tell_index(self, name: str, size: int, built: float) -> None:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line = f"{name}, {size} entrées : index en {built:.1f} s ({built * 1000 / size:.2f} ms par entrée), "
        if name == "postgresql":
            with connection.cursor() as cursor:
                tables = [model._meta.db_table for model in (
                    index_models.Posting, index_models.IndexedEntry, index_models.EntryWords, index_models.VocabularyWord,
                )]  # fmt: skip
                cursor.execute(
                    "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name", [tables]
                )
                line += f"{float(cursor.fetchone()[0]) / 1e6:.1f} Mo, "
        self.stdout.write(f"{line}mémoire de la commande {memory:.0f} Mo")
