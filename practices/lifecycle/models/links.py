"""External addresses found in published pages, and what was last seen of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExternalLink(models.Model):
    """One address, whatever the number of pages that hold it."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("pas encore vérifiée")
        OK = "ok", _("répond")
        FAILING = "failing", _("ne répond pas, à revérifier")
        BROKEN = "broken", _("cassée")
        UNCHECKED = "unchecked", _("le site ne souhaite pas de vérification")

    url = models.TextField(_("adresse"), unique=True)
    host = models.CharField(max_length=255, db_index=True)
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.UNKNOWN)
    reason = models.CharField(_("raison"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(db_index=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """A page that holds an address."""

    link = models.ForeignKey(ExternalLink, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "page"], name="one_use_per_link_and_page")]

    def __str__(self) -> str:
        return f"{self.link_id} ← {self.page_id}"
