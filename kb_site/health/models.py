"""What was done outside the site, and that it must remember to be able to say that it was not."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = datetime.timedelta(days=90)


class Operation(models.Model):
    """A backup or a drill that succeeded."""

    class Kind(models.TextChoices):
        BACKUP = "backup", _("sauvegarde")
        DRILL = "drill", _("répétition du retour")

    kind = models.CharField(max_length=10, choices=Kind)
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("opération")
        verbose_name_plural = _("opérations")
        ordering = ["-done_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.done_at:%d/%m/%Y})"


def note_operation(kind: str) -> None:
    """Remember that it succeeded, now; what is older than three months is forgotten."""
    Operation.objects.filter(done_at__lt=timezone.now() - KEPT).delete()
    Operation.objects.create(kind=kind)
