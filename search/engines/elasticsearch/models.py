"""What Elasticsearch does not know yet, and what went wrong with it."""

from django.db import models


class PendingChange(models.Model):
    """An entry that changed, written in the transaction of the change and deleted once Elasticsearch has it.

    It says which entry, not what changed: the entry is read when it is sent. `hides`: the entry has gone, or fewer
    people may read it; until it is sent, searches leave it out.
    """

    key = models.CharField(max_length=60)
    hides = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["key"], condition=models.Q(hides=True), name="pending_hides")]

    def __str__(self) -> str:
        return self.key


class Failure(models.Model):
    """One failure of Elasticsearch, for the page of its health; kept 30 days."""

    class During(models.TextChoices):
        SEARCH = "search"
        PUSH = "push"
        REBUILD = "rebuild"

    during = models.CharField(max_length=8, choices=During)
    message = models.TextField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.message
