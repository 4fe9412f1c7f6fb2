"""Acts, one a row, never changed. People are named by their accounts, so that the end of an account takes the name away."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kinds import Kind, kinds

# CNIL, deliberation 2021-122 on journals: from six months to a year.
KEPT = datetime.timedelta(days=365)
LONGEST = 200


class SensitiveAct(models.Model):
    """Who (`by`; None: the site itself) did what to whom (`about`), on what thing, from which state to which."""

    at = models.DateTimeField(_("quand"), default=timezone.now, db_index=True)
    kind = models.CharField(max_length=60, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    thing = models.CharField(max_length=LONGEST, blank=True)
    before = models.CharField(max_length=LONGEST, blank=True)
    after = models.CharField(max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = _("acte sensible")
        verbose_name_plural = _("actes sensibles")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"

    @property
    def described(self) -> Kind | None:
        """The kind of this act; None when the code that wrote it is gone."""
        return kinds().get(self.kind)
