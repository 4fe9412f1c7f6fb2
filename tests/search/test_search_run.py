"""The measuring commands work beside the site and leave nothing behind."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
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


FIELD = [
    {"key": "page:7", "kind": "outil", "title": "Le talkie", "summary": "Deux boutons", "body": "Parler de loin.",
     "keywords": "", "facets": ["type:outil"], "principals": ["public"], "url": "/outils/talkie/"},
    {"key": "topic:8", "kind": "sujet", "title": "Talkie au chantier", "summary": "", "body": "Qui a essayé ?",
     "keywords": "", "facets": ["type:sujet"], "principals": ["exchange-group:1"], "url": "/groupes/a/sujets/8/"},
]  # fmt: skip


@pytest.mark.parametrize(("reader", "found"), [("visitor", {"page:7"}), ("member", {"page:7", "topic:8"})])
def test_a_field_run_shows_each_reader_what_they_may_read_and_how_sure_it_is(committed_site, tmp_path, reader, found):
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, FIELD)))
    (tmp_path / "queries.jsonl").write_text(json.dumps({"id": "F1", "text": "talkie"}))
    (tmp_path / "readers.json").write_text(
        json.dumps({"visitor": ["public"], "member": ["public", "exchange-group:1"]})
    )
    out = tmp_path / "run.tsv"
    call_command("search_run", terrain=str(tmp_path), reader=reader, out=str(out), stdout=io.StringIO())
    rows = [line.split("\t") for line in out.read_text().splitlines()]
    assert {key for _query, _rank, key, _confidence in rows} == found
    assert [rank for _query, rank, _key, _confidence in rows] == [str(rank) for rank in range(1, len(found) + 1)]
    assert {confidence for *_line, confidence in rows} == {"sure"}


def test_a_field_run_of_an_unknown_reader_says_which_there_are(committed_site, tmp_path):
    (tmp_path / "readers.json").write_text(json.dumps({"visitor": ["public"]}))
    with pytest.raises(CommandError, match="visitor"):
        call_command("search_run", terrain=str(tmp_path), reader="nobody", out=str(tmp_path / "run.tsv"))
