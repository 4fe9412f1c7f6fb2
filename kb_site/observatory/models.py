"""What figures do not say: the words of the coordination at the head of a report."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FOREWORD_LENGTH = 3000


class Foreword(models.Model):
    """The words that open the report of one period; `version` grows with each change, so that none overwrites another."""

    period = models.CharField(_("période"), max_length=20, unique=True)
    text = models.TextField(_("introduction"), max_length=FOREWORD_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(_("écrit le"), default=timezone.now)

    class Meta:
        verbose_name = _("introduction du rapport")
        verbose_name_plural = _("introductions du rapport")

    def __str__(self) -> str:
        return self.period
