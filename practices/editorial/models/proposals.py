"""A proposal: what makes a draft card the work of a member, from the short form to its publication."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import PracticePage

# A draft that nobody takes up again is forgotten: it may tell of people.
DRAFT_KEPT = datetime.timedelta(days=90)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """One's own proposals: editors read the card itself, in the editing screens."""
        return self.filter(author=user) if user.is_authenticated and user.is_approved else self.none()


class Proposal(models.Model):
    """A card proposed by a member. `submission_key` makes a double submit harmless."""

    card = models.OneToOneField(PracticePage, on_delete=models.CASCADE, related_name="proposal")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="proposals")
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    conditions_told = models.TextField(_("conditions, dans les mots de l’auteur"), blank=True)
    # What the card was drawn from (a topic, a session): shown only as far as the reader may see it.
    origin_type = models.ForeignKey(ContentType, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    origin_id = models.PositiveBigIntegerField(null=True, blank=True)
    origin = GenericForeignKey("origin_type", "origin_id")
    created_at = models.DateTimeField(_("proposée le"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    thanked_at = models.DateTimeField(_("remerciée le"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["origin_type", "origin_id"], name="proposal_origin")]

    def __str__(self) -> str:
        return self.card.draft_title


class ProposalDraft(models.Model):
    """What a person is writing in the short form, kept on the server: one per person."""

    author = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="proposal_draft")
    fields = models.JSONField(default=dict)
    # Encoded again by us, a few dozen kilobytes: no public address before the card has one.
    photo = models.BinaryField(null=True, blank=True)
    # When its author, whose account waits, was done with it: it leaves once the account is approved.
    ready_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("brouillon de proposition")
        verbose_name_plural = _("brouillons de proposition")

    def __str__(self) -> str:
        return str(self.fields.get("title", ""))
