"""Counts of tries, in the database that all processes and hosts share (cache.py writes them)."""

from django.db import models


class Count(models.Model):
    """One count or lock, under a key that holds a digest, never an address. Rows go once `until` is past."""

    key = models.CharField(primary_key=True, max_length=250)
    value = models.JSONField()
    until = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.key
