"""Measure search with three facets on made-up entries, against the engine's own bare lookup in the same run."""

import multiprocessing
import os
import resource
import statistics
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from kb_site.accounts.principals import MEMBERS, PUBLIC, group_principal
from kb_site.benchmarks.scratch_index import ENGINES, scratch_tables, settle, use_tables
from kb_site.benchmarks.synthetic_entries import FREQUENT, Synthesis
from search.engines.elasticsearch.connection import client
from search.engines.elasticsearch.documents import read_alias
from search.engines.interface import Engine
from search.engines.postgresql import PostgresqlEngine
from search.models import SearchEntry
from search.models import index as index_models
from search.queries import SearchQuery
from search.query_parsing import AskedQuery
from search.services import answer, understand

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

    @property
    def medians(self) -> tuple[float, float]:
        return statistics.median(self.searches), statistics.median(self.lookups)

    @property
    def p95(self) -> tuple[float, float]:
        return tuple(
            statistics.quantiles(times, n=20, method="inclusive")[-1] for times in (self.searches, self.lookups)
        )  # type: ignore[return-value]


def _rows_of_postgresql(asked: AskedQuery) -> None:
    terms = [term for word in asked.words for term in word.terms]
    sql = """SELECT e.id, e.key, e.title, e.summary, e.body, e.url FROM search_index_posting p
        JOIN findable_searchentry e ON e.id = p.entry_id WHERE p.term = ANY(%s::varchar[]) LIMIT 10"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [terms])
        cursor.fetchall()


def _rows_of_elasticsearch(asked: AskedQuery) -> None:
    words = {
        "query": " ".join(term for word in asked.words for term in word.terms),
        "fields": ["title_terms", "body_terms"],
    }
    client().search(index=read_alias(), query={"multi_match": words}, size=10, source=False)


# The engine's own lookup of ten rows that match: no rights, facets, counts nor highlights.
BARE_LOOKUPS = {"postgresql": _rows_of_postgresql, "elasticsearch": _rows_of_elasticsearch}


def _seconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@contextmanager
def _rebuilding(engine: Engine, schema: str) -> Iterator[None]:
    """Build the index anew meanwhile, in another process, as the worker does."""
    process = multiprocessing.get_context("fork").Process(target=_rebuild, args=(engine, schema))
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _rebuild(engine: Engine, schema: str) -> None:
    connection.connection = None  # that of the process which measures
    use_tables(schema)
    while True:  # a small index would be ready too soon
        engine.rebuild()


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
        frequent: dict[str, dict[int, float]] = defaultdict(dict)
        for size in map(int, sizes.split(",")):
            for name, median in self._measure(engine or available, size, rounds).items():
                frequent[name][size] = median
        for name, medians in frequent.items():
            least, most = min(medians), max(medians)
            if most > least:
                growth = medians[most] / medians[least]
                self.stdout.write(f"{name} : mot fréquent, de {least} à {most} entrées : × {growth:.1f}\n")

    def _measure(self, names: list[str], size: int, rounds: int) -> dict[str, float]:
        """Measure these engines on the same entries; return the median of the frequent words for each."""
        synthesis, medians = Synthesis(), {}
        with scratch_tables() as schema:
            entries = synthesis.entries(size)
            while batch := list(islice(entries, BATCH)):
                SearchEntry.objects.bulk_create(batch)
            postgresql = _seconds(PostgresqlEngine().rebuild)  # understanding a query reads it, whatever the engine
            settle()
            for name in names:
                with ENGINES[name]() as engine:
                    built = postgresql if isinstance(engine, PostgresqlEngine) else _seconds(engine.rebuild)
                    self._tell_index(name, size, built)
                    for kind, texts in synthesis.queries().items():
                        measure = self._rounds(name, engine, kind, texts, rounds)
                        self._tell_measure(name, measure)
                        if kind == FREQUENT:
                            medians[name] = statistics.median(measure.searches)
                    with _rebuilding(engine, schema):
                        meanwhile = self._rounds(name, engine, FREQUENT, synthesis.queries()[FREQUENT], rounds)
                    self._tell_rebuild(meanwhile, medians[name])
        return medians

    def _rounds(self, name: str, engine: Engine, kind: str, texts: list[str], rounds: int) -> Measure:
        asked = [understand(SearchQuery(text=text, principals=PERSON))[0] for text in texts]
        measure = Measure(kind, [], [])
        for number in range(rounds + 1):  # the first round warms up
            # Someone else each time: no engine answers with the counts that it kept from the round before.
            person = PERSON | {group_principal(number)}
            for text, read in zip(texts, asked, strict=True):
                query = SearchQuery(text=text, facets=FACETS, principals=person)
                bare = _seconds(partial(BARE_LOOKUPS[name], read)) * 1000
                full = _seconds(partial(answer, query, engine)) * 1000
                if number:
                    measure.lookups.append(bare)
                    measure.searches.append(full)
        return measure

    def _tell_measure(self, name: str, measure: Measure) -> None:
        (median, bare), (p95, bare_p95) = measure.medians, measure.p95
        # On a busy machine both tails are long: the last ratio compares like with like.
        self.stdout.write(
            f"  {measure.kind:13} p50 {median:7.1f} ms  p95 {p95:7.1f} ms  repérage p50 {bare:6.2f} p95 {bare_p95:6.2f} ms"
            f"  rapports p50/p50 {median / bare:5.1f}  p95/p50 {p95 / bare:5.1f}  p95/p95 {p95 / bare_p95:5.1f}"
            f" (but ≤ {GOALS.get(name, '–')})"
        )

    def _tell_rebuild(self, meanwhile: Measure, before: float) -> None:
        (median, bare), _p95 = meanwhile.medians, meanwhile.p95
        self.stdout.write(
            f"  pendant une reconstruction, {meanwhile.kind} : p50 {median:.1f} ms, × {median / before:.1f}"
            f" (but ≤ 2), repérage p50 {bare:.2f} ms"
        )

    def _tell_index(self, name: str, size: int, built: float) -> None:
        megabytes, memory = _elasticsearch_size() if name == "elasticsearch" else _postgresql_size()
        load = os.getloadavg()[0]
        self.stdout.write(
            f"{name}, {size} entrées : index en {built:.1f} s ({built * 1000 / size:.2f} ms par entrée), "
            f"{megabytes:.1f} Mo, {memory}, charge de la machine {load:.1f}"
        )


def _postgresql_size() -> tuple[float, str]:
    """Return the size of the index in megabytes, and the memory in use in words."""
    tables = [model._meta.db_table for model in (
        index_models.Posting, index_models.IndexedEntry, index_models.EntryWords, index_models.VocabularyWord,
        index_models.TermColumn, index_models.FacetColumn, index_models.Snapshot,
    )]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(name::regclass)), pg_size_bytes(current_setting('shared_buffers'))"
            " FROM unnest(%s::text[]) AS name",
            [tables],
        )
        size, buffers = cursor.fetchone()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return float(size) / 1e6, f"mémoire partagée {buffers / 1e6:.0f} Mo, de la commande {memory:.0f} Mo"


def _elasticsearch_size() -> tuple[float, str]:
    size = client().indices.stats(index=read_alias(), metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
    (node, *_others) = client().nodes.stats(metric="jvm")["nodes"].values()
    heap = node["jvm"]["mem"]
    return size / 1e6, f"tas {heap['heap_used_in_bytes'] / 1e6:.0f} Mo sur {heap['heap_max_in_bytes'] / 1e6:.0f}"
