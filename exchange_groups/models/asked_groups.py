"""A group that a member asks for: the coordination creates it, or says why not."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Confidentiality
from .groups import ExchangeGroup


class AskedGroup(models.Model):
    """What a member would gather people for. It waits while it has neither a group nor an answer."""

    name = models.CharField(_("nom du groupe"), max_length=100)
    summary = models.CharField(_("en une phrase"), max_length=200)
    purpose = models.TextField(_("à quoi il servirait, et à qui"), max_length=2000)
    confidentiality = models.CharField(
        _("confidentialité"), max_length=12, choices=Confidentiality, default=Confidentiality.MEMBRES
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="asked_groups")
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    group = models.OneToOneField(ExchangeGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("réponse"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("groupe demandé")
        verbose_name_plural = _("groupes demandés")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(decided_at=None), name="asked_group_waits")]

    def __str__(self) -> str:
        return self.name
