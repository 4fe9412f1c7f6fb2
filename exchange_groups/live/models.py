"""What a held session needs beside its own rows: the vote by thumbs, « encore trois minutes ? »."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange_groups.sessions.models import AgendaItem, Session

MORE_MINUTES = 3  # what a lean coffee asks for when the time of a topic is over


class ThumbCall(models.Model):
    """The facilitator asks whether to go on; open until `closed_at`."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="thumb_calls")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="thumb_calls")
    minutes = models.PositiveSmallIntegerField(_("minutes demandées"), default=MORE_MINUTES)
    opened_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    class Meta:
        verbose_name = _("vote du pouce")
        verbose_name_plural = _("votes du pouce")
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=Q(closed_at=None), name="one_open_call_per_session")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} +{self.minutes} min"


class Thumb(models.Model):
    """The thumb of one person."""

    class Answer(models.TextChoices):
        HAUT = "haut", _("Oui, encore")
        MILIEU = "milieu", _("Peu importe")
        BAS = "bas", _("Non, avançons")

    call = models.ForeignKey(ThumbCall, on_delete=models.CASCADE, related_name="thumbs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(_("réponse"), max_length=6, choices=Answer)

    class Meta:
        verbose_name = _("pouce")
        verbose_name_plural = _("pouces")
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="one_thumb_per_person_and_call")]

    def __str__(self) -> str:
        return self.answer
