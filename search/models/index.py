"""Narrow rows, written with each change; and what searches read: the same in columns, as of the last snapshot."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .entries import SearchEntry


class RealField(models.FloatField):
    """A float of four bytes."""

    def db_type(self, connection: Any) -> str:
        return "real"


class Audience(models.Model):
    """One distinct set of principals. There are few, so that a right is checked by comparing one number per entry."""

    id = models.AutoField(primary_key=True)
    principals = ArrayField(models.CharField(max_length=40), unique=True)

    class Meta:
        db_table = "search_index_audience"

    def __str__(self) -> str:
        return ", ".join(self.principals)


class IndexedEntry(models.Model):
    """What filters, counts and orders an entry. A trigger notes each change of a row as a ChangedEntry."""

    entry = models.OneToOneField(SearchEntry, primary_key=True, on_delete=models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    facets = ArrayField(models.CharField(max_length=60))  # "name:value"
    title = models.CharField(max_length=60)  # bare, to order by
    evidence_rank = models.PositiveSmallIntegerField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "search_index_indexedentry"

    def __str__(self) -> str:
        return self.title


class EntryWords(models.Model):
    """The words of an entry in order: bare for re-ranking, as terms for phrases (" | " between fields)."""

    entry = models.OneToOneField(SearchEntry, primary_key=True, on_delete=models.CASCADE, related_name="+")
    title = models.TextField()
    text = models.TextField()
    stems = models.TextField()

    class Meta:
        db_table = "search_index_entrywords"

    def __str__(self) -> str:
        return self.title


class Posting(models.Model):
    """One term of one entry with its weight: BM25 of the title and of the text, before idf.

    The primary key includes the weight (see the migration): a snapshot and its changes read this index alone.
    """

    pk = models.CompositePrimaryKey("term", "entry")
    term = models.CharField(max_length=40)
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    weight = RealField()

    class Meta:
        db_table = "search_index_posting"

    def __str__(self) -> str:
        return self.term


class VocabularyWord(models.Model):
    """A word that was written in some entry, in lower case, in its bare form, its term ("" for grammar) and its sound.

    It proves nothing of who may read it.
    """

    word = models.CharField(max_length=40, primary_key=True)
    bare = models.CharField(max_length=40, db_index=True)
    term = models.CharField(max_length=40, default="")  # of the bare form
    sound = models.CharField(max_length=40, db_index=True, default="")  # kb_site/french/phonetics.py

    class Meta:
        db_table = "search_index_vocabularyword"

    def __str__(self) -> str:
        return self.word


class Statistics(models.Model):
    """What BM25 needs to know of the whole, measured at each rebuild: a single row."""

    title_words = models.FloatField()  # average length of a title, in words that carry meaning
    text_words = models.FloatField()  # the same for a text
    measured_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "search_index_statistics"

    def __str__(self) -> str:
        return f"{self.title_words:.1f}, {self.text_words:.1f}"


class Snapshot(models.Model):
    """Every entry in columns, as of one moment (search/index/snapshots.py): a single row, replaced as a whole.

    A position is the place of an entry in these columns. Numbers are big-endian.
    """

    key = models.UUIDField(primary_key=True)
    taken_at = models.DateTimeField()
    entries = models.BinaryField()  # int64, ascending
    audiences = models.BinaryField()  # int32
    evidence = models.BinaryField()  # int16, evidence_rank
    updated = models.BinaryField()  # int64, microseconds since 1970
    titles = models.BinaryField()  # int32, rank in alphabetical order

    class Meta:
        db_table = "search_index_snapshot"

    def __str__(self) -> str:
        return str(self.taken_at)


class FacetColumn(models.Model):
    """The entries that bear one value of one facet, in the snapshot."""

    token = models.CharField(max_length=60, primary_key=True)
    positions = models.BinaryField()  # int32

    class Meta:
        db_table = "search_index_facetcolumn"

    def __str__(self) -> str:
        return self.token


class TermColumn(models.Model):
    """The entries that hold one term, in the snapshot."""

    term = models.CharField(max_length=40, primary_key=True)
    postings = models.BinaryField()  # (position int32, weight float32)

    class Meta:
        db_table = "search_index_termcolumn"

    def __str__(self) -> str:
        return self.term


class ChangedEntry(models.Model):
    """An entry that was written or removed since the snapshot: its row counts, not its place in the columns.

    A log rather than a set: a change made while a snapshot is taken must outlive it.
    """

    entry_id = models.BigIntegerField()

    class Meta:
        db_table = "search_index_changedentry"

    def __str__(self) -> str:
        return str(self.entry_id)
