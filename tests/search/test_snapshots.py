"""The index in columns: it follows the rows, and loses nothing to what is written meanwhile."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from search.engines.postgresql import PostgresqlEngine
from search.index import snapshots
from search.models import ChangedEntry, SearchEntry, Snapshot, TermColumn
from search.tasks import take_snapshot

from .small_site import LONG_AGO, SmallSite


@pytest.fixture
def site(db):
    return SmallSite(PostgresqlEngine())


@pytest.fixture
def shared_site(committed_site):
    """A site that several connections see."""
    return SmallSite(PostgresqlEngine())


def day(number):
    return LONG_AGO + timedelta(days=number)


def in_a_thread(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


class TestWhenItIsTaken:
    def test_a_rebuild_takes_one_and_nothing_is_left_to_rows(self, site):
        site.add("a", title="Cerise")
        assert ChangedEntry.objects.exists()
        PostgresqlEngine().rebuild()
        assert not ChangedEntry.objects.exists()
        assert site.keys("cerise") == ["a"]

    def test_few_changes_are_left_to_rows_and_many_bring_a_new_one(self, site):
        PostgresqlEngine().rebuild()
        first = Snapshot.objects.get().key
        site.add("a", title="Cerise")
        take_snapshot(0)
        assert Snapshot.objects.get().key == first
        for _again in range(snapshots.MOST_CHANGES):
            site.add("a", title="Prune")
        take_snapshot(0)
        assert Snapshot.objects.get().key != first
        assert not ChangedEntry.objects.exists()
        assert site.keys("prune") == ["a"]
        assert site.keys("cerise") == []

    def test_what_was_removed_leaves_the_columns_within_a_day(self, site):
        site.add("a", title="Cerise")
        snapshots.take()
        site.remove("a")
        take_snapshot(0)
        assert TermColumn.objects.filter(term="ceris").exists()
        Snapshot.objects.update(taken_at=timezone.now() - snapshots.OLDEST)
        take_snapshot(0)
        assert not TermColumn.objects.exists()

    def test_an_empty_site_has_one_too(self, site):
        snapshots.take()
        assert site.search("cerise").total == 0
        assert site.search().total == 0

    @pytest.mark.parametrize("order", ["titre", "recent", "preuve"])
    def test_what_changed_since_takes_its_place_in_every_order(self, site, order):
        for number in range(30):
            site.add(f"{number:02}", title=f"Fiche {number:02}", evidence_rank=number % 5, updated_at=day(number))
        snapshots.take()
        for number in (7, 0, 29):  # the first, the last and one between, written again elsewhere
            site.add(f"{number:02}", title=f"Fiche {30 - number:02} bis", updated_at=day(30.5 - number))
        entries = list(SearchEntry.objects.all())
        orders = {
            "titre": sorted(entries, key=lambda entry: entry.title),
            "recent": sorted(entries, key=lambda entry: entry.updated_at, reverse=True),
            "preuve": sorted(entries, key=lambda entry: (entry.evidence_rank, entry.updated_at), reverse=True),
        }
        found = [key for page in (1, 2, 3) for key in site.keys(sort=order, page=page)]
        assert found == [entry.key for entry in orders[order]]

    def test_one_that_was_replaced_is_told_from_an_empty_one(self, db):
        with pytest.raises(snapshots.SnapshotReplaced):
            snapshots.shelf_of(uuid4())


def test_a_change_that_commits_after_the_snapshot_was_taken_is_not_lost(shared_site):
    shared_site.add("a", title="Cerise")
    written, taken = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            shared_site.add("a", title="Prune")
            shared_site.add("b", title="Prune")
            written.set()
            taken.wait(20)

    writer = in_a_thread(write)
    assert written.wait(20)
    snapshots.take()
    assert shared_site.keys("cerise") == ["a"]
    taken.set()
    writer.join()
    assert sorted(shared_site.keys("prune")) == ["a", "b"]
    assert shared_site.keys("cerise") == []


def test_searches_miss_nothing_while_entries_and_snapshots_are_written(shared_site):
    for number in range(20):
        shared_site.add(f"card{number}", title="Cerise")
    stop, totals = threading.Event(), []

    def search():
        while not stop.is_set():
            totals.append((shared_site.search("cerise").total, shared_site.search().total))

    def take():
        while not stop.is_set():
            snapshots.take()

    threads = [in_a_thread(search), in_a_thread(search), in_a_thread(take)]
    for turn in range(3):
        for number in range(20):
            shared_site.add(f"card{number}", title=f"Cerise {turn}")
    stop.set()
    for thread in threads:
        thread.join()
    assert len(totals) > 1
    assert set(totals) == {(20, 20)}
