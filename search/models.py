"""What can be found, flat, and the index of the PostgreSQL engine."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchEntry(models.Model):
    """One findable thing. Written in the same transaction as the change it reflects (see entries.py)."""

    key = models.CharField(max_length=60, unique=True)  # "page:12": what it stands for
    kind = models.CharField(max_length=12, db_index=True)  # practice, tool, resource, dossier
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    keywords = models.TextField(blank=True)  # themes and their synonyms, labels of the vocabularies
    facets = ArrayField(models.CharField(max_length=60), default=list)  # "challenge:isolement"
    principals = ArrayField(models.CharField(max_length=40), default=list)
    url = models.CharField(max_length=255)
    card = models.JSONField(default=dict)  # what a line of a list shows, ready to print
    evidence_rank = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["facets", "principals"], name="entry_facets_principals"),
            models.Index(fields=["kind", "-updated_at"], name="entry_kind_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Posting(models.Model):
    """PostgreSQL engine: one term of one entry, with its BM25 weights (before idf) in the title and in the body."""

    term = models.CharField(max_length=40)
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, db_index=True)
    title_weight = models.FloatField()
    body_weight = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "entry"], include=["title_weight", "body_weight"], name="posting_term_entry"
            )
        ]

    def __str__(self) -> str:
        return self.term
