"""Files chosen in the form of a topic, kept beside it until the topic is published: a browser does not send them again."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .groups import ExchangeGroup
from .topics import private_storage

# What was never published is forgotten: it may tell of people.
KEPT_FOR = datetime.timedelta(days=7)


def kept_path(instance: "KeptFile", name: str) -> str:
    """Return an address on the storage that says nothing of the group, nor of what the file is called."""
    return f"kept/{timezone.now():%Y/%m}/{instance.pk.hex}"


class KeptFile(models.Model):
    """A file that waits for its topic. It has no address: only whoever sent it sees its name, and joins it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to=kept_path, storage=private_storage)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kept_at"]
        indexes = [models.Index(fields=["kept_at"], name="kept_file_age")]

    def __str__(self) -> str:
        return self.name
