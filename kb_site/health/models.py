"""What was done outside the site, and that it must remember to be able to say that it was not."""

import datetime
import logging

from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

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
    """Remember that it succeeded, now; what is older than three months is forgotten.

    A backup made just before the first migration of this table is a good one: that it is not remembered is told, no more.
    """
    try:
        with transaction.atomic():
            Operation.objects.filter(done_at__lt=timezone.now() - KEPT).delete()
            Operation.objects.create(kind=kind)
    except DatabaseError as error:
        logger.warning("It is done, and will not be remembered: %s", error)
