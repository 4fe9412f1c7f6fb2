"""What the review desk keeps: who reads a card, decisions that may still be undone, replies of a network, what changed."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import Network

from ...models import PracticePage

UNDO_FOR = datetime.timedelta(seconds=10)


class Verdict(models.TextChoices):
    """The three decisions of the desk."""

    GOOD = "good", _("C’est bon")
    CORRECT = "correct", _("À corriger")
    NO = "no", _("Pas pour nous")


class ReviewAssignment(models.Model):
    """The one person who reads a card in review: the others know that it is not their turn."""

    card = models.OneToOneField(PracticePage, on_delete=models.CASCADE, related_name="review_assignment")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_assignments")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(_("confiée le"), default=timezone.now)

    class Meta:
        verbose_name = _("relecture confiée")
        verbose_name_plural = _("relectures confiées")

    def __str__(self) -> str:
        return f"{self.card_id}: {self.person_id}"


class PendingDecision(models.Model):
    """A decision taken on the desk, that its author may undo for ten seconds; then it is applied and this row goes.

    `failed` says, in words, why it could not be applied: the card is then in the hands of the desk again.
    """

    card = models.OneToOneField(PracticePage, on_delete=models.CASCADE, related_name="pending_decision")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(_("décision"), max_length=10, choices=Verdict)
    words = models.TextField(_("mot pour l’auteur"), blank=True)
    checked = models.BooleanField(_("confidentialité vérifiée"), default=False)
    change_note = models.CharField(max_length=200, blank=True)
    failed = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("décision en cours")
        verbose_name_plural = _("décisions en cours")

    def __str__(self) -> str:
        return f"{self.card_id}: {self.verdict}"


class SavedReply(models.Model):
    """Words that the editors of a network write often to authors."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="saved_replies")
    title = models.CharField(_("nom"), max_length=60)
    text = models.TextField(_("texte"), max_length=2000)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("réponse enregistrée")
        verbose_name_plural = _("réponses enregistrées")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["network", "title"], name="one_saved_reply_of_a_name")]

    def __str__(self) -> str:
        return self.title


class ChangeNote(models.Model):
    """What changed in the meaning of a published card, in a sentence, for those who follow it."""

    card = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="change_notes")
    text = models.CharField(_("ce qui change"), max_length=200)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("écrite le"), default=timezone.now)

    class Meta:
        verbose_name = _("note de changement")
        verbose_name_plural = _("notes de changement")
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return self.text
