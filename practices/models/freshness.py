"""Freshness: who keeps a page true, when it was last verified and when it must be again."""

import calendar
import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class FreshnessState(models.TextChoices):
    UP_TO_DATE = "a_jour", _("à jour")
    TO_VERIFY = "a_verifier", _("à vérifier")
    IN_REVISION = "en_revision", _("en révision")
    ARCHIVED = "archivee", _("archivée")


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day of a later month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


class Freshness(models.Model):
    """Abstract: a page that must be verified again every 6, 12 or 24 months. It stays online when it is late."""

    card_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsable"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Reçoit le rappel quand la page est à vérifier."),
    )
    backup_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("suppléance"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Reçoit aussi le rappel : les auteurs partent."),
    )
    last_verified_at = models.DateField(_("vérifiée le"), null=True, blank=True)
    last_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vérifiée par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    review_every_months = models.PositiveSmallIntegerField(
        _("à revoir"),
        choices=[(6, _("tous les 6 mois")), (12, _("tous les ans")), (24, _("tous les 2 ans"))],
        default=12,
    )
    next_review_at = models.DateField(_("prochaine vérification"), null=True, blank=True, editable=False, db_index=True)

    freshness_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("card_owner"), FieldPanel("backup_owner")]),
            FieldRowPanel([FieldPanel("last_verified_at"), FieldPanel("last_verified_by")]),
            FieldPanel("review_every_months"),
        ],
        heading=_("Fraîcheur"),
    )

    class Meta:
        abstract = True

    @property
    def freshness(self) -> FreshnessState:
        """The state shown to readers and editors, derived from the page's life and its next review."""
        if not self.live:  # type: ignore[attr-defined]
            # A draft that was never online has not left.
            return FreshnessState.ARCHIVED if self.first_published_at else FreshnessState.IN_REVISION  # type: ignore[attr-defined]
        if self.has_unpublished_changes:  # type: ignore[attr-defined]
            return FreshnessState.IN_REVISION
        return FreshnessState.TO_VERIFY if self.is_stale else FreshnessState.UP_TO_DATE

    @property
    def is_stale(self) -> bool:
        """Whether the date of the next review is past."""
        return self.next_review_at is None or self.next_review_at < timezone.localdate()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.live and self.last_verified_at is None:  # type: ignore[attr-defined]
            self.last_verified_at = timezone.localdate()  # whoever publishes has just read it
        if self.last_verified_at:
            self.next_review_at = add_months(self.last_verified_at, self.review_every_months)
        super().save(*args, **kwargs)
