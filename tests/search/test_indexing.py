"""What changes on the site reaches Elasticsearch: nothing is lost, nothing comes back, nothing closed shows meanwhile."""

import subprocess
import sys
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from kb_site.accounts.principals import principals_of
from practices.models import PracticePage, ToolPage
from search.engines.elasticsearch import outbox as indexing
from search.engines.elasticsearch.models import Failure, PendingChange
from search.engines.interface import EngineUnavailable
from search.models import SearchEntry
from search.queries import SearchQuery
from search.services import run_search

from .small_site import SmallSite


@pytest.fixture
def engine(elasticsearch):
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    return ElasticsearchEngine()


@pytest.fixture
def site(db, engine):
    return SmallSite(engine)


def refresh():
    from search.engines.elasticsearch.connection import client

    client().indices.refresh(index="_all")


def nothing_listens(settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"


@pytest.mark.django_db
class TestRecording:
    def test_publishing_unpublishing_and_restricting_are_recorded(self, settings):
        nothing_listens(settings)
        card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
        key = f"page:{card.pk}"
        card.save_revision().publish()
        assert list(PendingChange.objects.values_list("key", "hides")) == [(key, False)]
        card.unpublish()
        assert indexing.hidden_keys() == [key]

    def test_a_change_that_is_rolled_back_leaves_nothing(self, settings):
        nothing_listens(settings)
        card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
        with transaction.atomic():
            card.unpublish()
            assert PendingChange.objects.exists()
            transaction.set_rollback(True)
        assert not PendingChange.objects.exists()

    def test_nothing_is_recorded_without_elasticsearch(self):
        PracticePage.objects.get(slug="lean-coffee-cip-60-minutes").unpublish()
        assert not PendingChange.objects.exists()


class TestPushing:
    def test_what_was_sent_waits_no_more(self, site):
        site.add("a", title="Visio")
        assert indexing.push() == 1
        assert not PendingChange.objects.exists()
        assert indexing.push() == 0

    def test_a_dead_engine_loses_nothing(self, site, settings, elasticsearch):
        nothing_listens(settings)
        site.add("a", title="Visio")
        with pytest.raises(EngineUnavailable):
            indexing.push()
        assert PendingChange.objects.count() == 1
        assert Failure.objects.get().during == Failure.During.PUSH
        settings.ELASTICSEARCH_URL = elasticsearch
        assert site.keys("visio") == ["a"]

    def test_a_late_sender_does_not_undo_what_others_sent(self, site, engine):
        entry = site.add("a", title="Visio")
        indexing.push()
        engine.put([SearchEntry(**{**SearchEntry.objects.values().get(), "title": "Ancien titre"})], version=1)
        assert site.keys("ancien") == []
        site.remove("a")
        indexing.push()
        engine.put([entry], version=1)
        refresh()
        assert engine.count() == 0

    def test_a_refused_entry_holds_up_nobody(self, site):
        from search.engines.elasticsearch.connection import client
        from search.engines.elasticsearch.documents import read_alias, write_alias

        client().indices.delete(index=list(client().indices.get_alias(name=write_alias())))
        narrow = {"properties": {"evidence_rank": {"type": "byte"}}}
        name = f"{read_alias().removesuffix('.read')}-narrow"
        client().indices.create(index=name, mappings=narrow, aliases={read_alias(): {}, write_alias(): {}})
        site.add("bad", title="Refusée", evidence_rank=1000)
        site.add("good", title="Acceptée")
        assert indexing.push() == 1
        assert site.keys("acceptée") == ["good"]
        assert PendingChange.objects.get().attempts >= 1
        assert "bad" in Failure.objects.first().message

    def test_more_changes_than_a_batch_all_go(self, site, monkeypatch):
        monkeypatch.setattr(indexing, "BATCH", 3)
        for number in range(8):
            site.add(f"{number}", title="Visio")
        assert indexing.push() == 8

    def test_a_closed_entry_shows_nowhere_even_before_it_is_sent(self, engine, db):
        tool = ToolPage.objects.get(slug="zoom")
        indexing.rebuild()
        query = SearchQuery(text="zoom", principals=principals_of(AnonymousUser()))
        before = run_search(query, user=AnonymousUser())
        assert tool.title in [hit.entry.title for hit in before.hits]
        tool.unpublish()
        assert PendingChange.objects.filter(hides=True).exists()
        for _turn in ("before it is sent", "after"):
            now = run_search(query, user=AnonymousUser())
            assert tool.title not in [hit.entry.title for hit in now.hits]
            assert now.total == before.total - 1
            indexing.push()


class TestRebuilding:
    def test_the_command_says_how_far_it_is(self, engine, db, capsys):
        call_command("rebuild_search_index")
        count = SearchEntry.objects.count()
        assert f"{count} / {count}" in capsys.readouterr().out
        assert engine.count() == count

    def test_what_an_interrupted_rebuild_left_goes_with_the_next(self, site, engine):
        from search.engines.elasticsearch.connection import client
        from search.engines.elasticsearch.documents import write_alias

        client().indices.create(index=f"{write_alias().removesuffix('.write')}-left", aliases={write_alias(): {}})
        site.add("a", title="Visio")
        assert site.keys("visio") == ["a"]
        indexing.rebuild()
        assert len(client().indices.get_alias(name=write_alias())) == 1
        assert site.keys("visio") == ["a"]

    def test_an_emptied_server_is_filled_again_by_itself(self, site, engine):
        from search.engines.elasticsearch.connection import client
        from search.engines.elasticsearch.documents import write_alias

        site.add("a", title="Visio")
        indexing.push()
        client().indices.delete(index=list(client().indices.get_alias(name=write_alias())))
        assert engine.count() is None
        indexing.watch_over()
        assert site.keys("visio") == ["a"]

    def test_an_index_that_an_update_made_obsolete_is_built_anew(self, site, engine, monkeypatch):
        from search.engines.elasticsearch.connection import client
        from search.engines.elasticsearch.documents import read_alias

        site.add("a", title="Visio")
        indexing.rebuild()
        (before,) = client().indices.get_alias(name=read_alias())
        monkeypatch.setattr("search.engines.elasticsearch.engine.definition", lambda: "later")
        assert engine.count() is None
        indexing.watch_over()
        (after,) = client().indices.get_alias(name=read_alias())
        assert after != before
        assert engine.count() == 1

    def test_an_index_that_missed_something_is_built_anew(self, site, engine):
        site.add("a", title="Visio")
        PendingChange.objects.all().delete()
        indexing.watch_over()
        assert site.keys("visio") == ["a"]

    @pytest.mark.usefixtures("committed_site")
    def test_one_killed_half_way_leaves_searches_and_changes_whole(self, engine, settings):
        from django.db import connection

        site = SmallSite(engine)
        site.add("a", title="Visio")
        values = SearchEntry.objects.values().get() | {"id": None}
        SearchEntry.objects.bulk_create(SearchEntry(**values | {"key": f"copy{number}"}) for number in range(1500))
        indexing.rebuild()
        code = (
            "import django, os; django.setup()\n"
            "from django.db import connection\n"
            "from django.conf import settings\n"
            f"connection.settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
            f"settings.ELASTICSEARCH_URL = {settings.ELASTICSEARCH_URL!r}\n"
            f"settings.ELASTICSEARCH_INDEX = {settings.ELASTICSEARCH_INDEX!r}\n"
            "from search.engines.elasticsearch import outbox\n"
            "outbox.rebuild(lambda done, total: print(done, flush=True))\n"
        )
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as rebuilding:
            assert rebuilding.stdout.readline() == "0\n"
            assert rebuilding.stdout.readline() == "500\n"
            site.add("new", title="Pendant la reconstruction")
            indexing.push()
            rebuilding.kill()
        assert site.search("visio").total == 1501
        assert site.keys("reconstruction") == ["new"]
        self.eventually_rebuild()
        assert site.search("visio").total == 1501
        assert site.keys("reconstruction") == ["new"]

    @staticmethod
    def eventually_rebuild():
        """PostgreSQL may take a moment to see that the killed process has gone."""
        for _try in range(50):
            try:
                return indexing.rebuild()
            except indexing.RebuildRunning:
                time.sleep(0.1)
        raise AssertionError


@pytest.mark.usefixtures("committed_site")
def test_the_worker_sends_what_a_publication_changed(engine, run_jobs):
    indexing.rebuild()
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    card.title = "Zanzibar en soixante minutes"
    card.save_revision().publish()
    run_jobs()
    assert not PendingChange.objects.exists()
    refresh()
    query = SearchQuery(text="zanzibar", principals=principals_of(AnonymousUser()))
    (hit,) = run_search(query, user=AnonymousUser(), engine=engine).hits
    assert hit.entry.key == f"page:{card.pk}"
