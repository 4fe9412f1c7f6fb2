"""Why a card is no longer online, for readers who follow an old link."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import PracticePage


class CardEnding(models.Model):
    """A card was archived, with a reason that readers see, or replaced by another, to which its address leads."""

    card = models.OneToOneField(PracticePage, on_delete=models.CASCADE, related_name="ending")
    replacement = models.ForeignKey(
        PracticePage,
        verbose_name=_("remplacée par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_endings",
    )
    reason = models.TextField(_("raison"))
    ended_at = models.DateTimeField(_("depuis le"), default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("fin d’une fiche")
        verbose_name_plural = _("fins de fiches")

    def __str__(self) -> str:
        return f"{self.card_id}: {self.reason[:60]}"
