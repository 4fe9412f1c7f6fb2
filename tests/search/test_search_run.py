"""The measuring commands work beside the site and leave nothing behind."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from kb_site.benchmarks.scratch_index import PREFIX
from search.models import Posting, SearchEntry

DOCUMENTS = [
    {"id": "a", "title": "Congé de paternité", "body": "Durée du congé du père."},
    {"id": "b", "title": "Démission", "body": "Le préavis à respecter."},
]
QUERIES = [
    {"id": "q1", "text": "congé paternité", "typo": "congé paternitt"},
    {"id": "q2", "text": "préavis", "typo": "péravis"},
    {"id": "q3", "text": "rien de tel ici", "typo": "rien de tel ici"},
]


def schemas():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [PREFIX])
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def files(tmp_path):
    corpus, queries = tmp_path / "corpus.jsonl.gz", tmp_path / "queries.jsonl"
    corpus.write_bytes(gzip.compress("\n".join(map(json.dumps, DOCUMENTS)).encode()))
    queries.write_text("\n".join(map(json.dumps, QUERIES)))
    return {"corpus": str(corpus), "queries": str(queries), "out": str(tmp_path / "run.tsv"), "verbosity": 0}


@pytest.mark.parametrize("field", ["text", "typo"])
def test_a_run_answers_on_its_own_index_and_leaves_the_site_s_alone(committed_site, files, field):
    before = SearchEntry.objects.count(), Posting.objects.count()
    call_command("search_run", field=field, stdout=io.StringIO(), **files)
    rows = [line.split("\t") for line in Path(files["out"]).read_text().splitlines()]
    assert rows[0] == ["q1", "a"]
    assert ["q2", "b"] in rows
    assert schemas() == []
    assert (SearchEntry.objects.count(), Posting.objects.count()) == before


def test_a_run_clears_what_a_killed_one_left(committed_site, files):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {PREFIX}1")
    call_command("search_run", stdout=io.StringIO(), **files)
    assert schemas() == []


def test_the_bench_prints_its_ratios_and_leaves_nothing(committed_site, capsys):
    call_command("bench_search", sizes="30,60", engine=["postgresql"], rounds=1)
    printed = capsys.readouterr().out
    assert "mot fréquent" in printed
    assert "de 30 à 60 entrées" in printed
    assert schemas() == []
