"""The mails that left, and the addresses that they do not reach."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """One mail to one person, known by a key that cannot be used twice: what makes a retry harmless (see send.py).

    It holds names and ids, never the address nor the words of the mail.
    """

    class State(models.TextChoices):
        READY = "ready", _("à envoyer")
        SENDING = "sending", _("en cours d’envoi")
        SENT = "sent", _("envoyé")
        SKIPPED = "skipped", _("sans objet")
        STOPPED = "stopped", _("adresse arrêtée")
        UNCERTAIN = "uncertain", _("envoi incertain")

    key = models.CharField(max_length=120, unique=True)
    mail = models.CharField(max_length=60)
    ids = models.JSONField(default=dict)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    created_at = models.DateTimeField(auto_now_add=True)
    handed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.key


class AddressProblem(models.Model):
    """An address that refuses our mails, or whose owner called them unwanted: nothing leaves for it until lifted."""

    class Kind(models.TextChoices):
        BOUNCE = "bounce", _("adresse refusée par son serveur")
        SOFT_BOUNCE = "soft_bounce", _("boîte pleine ou indisponible")
        COMPLAINT = "complaint", _("messages signalés comme indésirables")

    email = models.EmailField()
    kind = models.CharField(max_length=12, choices=Kind)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)
    lifted_at = models.DateTimeField(null=True)
    events = models.JSONField(default=list)  # the ids of the last reports: one that comes twice is counted once

    class Meta:
        verbose_name = _("adresse en difficulté")
        verbose_name_plural = _("adresses en difficulté")
        constraints = [models.UniqueConstraint(Lower("email"), "kind", name="one_row_per_address_and_problem")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.count})"
