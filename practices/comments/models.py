"""Comments: the model of django-comments-xtd, with what our pages need (see docs/decisions/0002-comments.md)."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments.managers import CommentManager
from django_comments_xtd.models import XtdComment

EDIT_WINDOW = datetime.timedelta(minutes=15)


class Comment(XtdComment):
    """A comment. `submission_key` makes a double submit harmless: the same key cannot be stored twice."""

    xtdcomment_ptr = models.OneToOneField(XtdComment, on_delete=models.CASCADE, parent_link=True, related_name="own")
    submission_key = models.UUIDField(unique=True, editable=False)
    edited_at = models.DateTimeField(_("modifié le"), null=True, blank=True, editable=False)
    masked = models.BooleanField(_("auteur masqué"), default=False, editable=False)

    objects = CommentManager()

    class Meta:
        verbose_name = _("commentaire")
        verbose_name_plural = _("commentaires")

    def may_be_edited_by(self, user: Any) -> bool:
        """Its author may correct it for a quarter of an hour."""
        return self.may_be_deleted_by(user) and timezone.now() - self.submit_date < EDIT_WINDOW

    def may_be_deleted_by(self, user: Any) -> bool:
        """Its author may withdraw it at any time; the thread stays."""
        return user.is_authenticated and self.user_id == user.pk and self.is_public and not self.is_removed


class CommentRevision(models.Model):
    """Former words of a comment that was corrected; seen by its author and by those who moderate it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField(_("texte"))
    replaced_at = models.DateTimeField(_("remplacé le"), default=timezone.now)

    class Meta:
        ordering = ["-replaced_at"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.replaced_at:%Y-%m-%d}"


class BlockedWord(models.Model):
    """A word or a phrase that nobody may publish in comments and topics, whatever its case and accents."""

    word = models.CharField(_("mot ou expression"), max_length=80, unique=True)
    advice = models.CharField(
        _("conseil"), max_length=200, blank=True, help_text=_("Montré à la personne, par exemple le mot à préférer.")
    )

    class Meta:
        verbose_name = _("mot bloqué")
        verbose_name_plural = _("mots bloqués")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class Report(models.Model):
    """Abstract: a reader's report, with a reason; those who moderate decide."""

    class Reason(models.TextChoices):
        NOMINATIF = "nominatif", _("Une personne est reconnaissable")
        BLESSANT = "blessant", _("Propos blessants ou déplacés")
        FAUX = "faux", _("Information fausse ou dangereuse")
        PUBLICITE = "publicite", _("Publicité")
        AUTRE = "autre", _("Autre raison")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("commentaire conservé")
        REMOVED = "removed", _("commentaire retiré")

    reason = models.CharField(_("raison"), max_length=10, choices=Reason)
    details = models.TextField(_("précision"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("signalé le"), auto_now_add=True)
    outcome = models.CharField(_("décision"), max_length=10, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(_("décidé le"), null=True)

    class Meta:
        abstract = True
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["created_at"]

    def wait_again(self, *, reason: str, details: str) -> None:
        """A report made again once it was decided waits anew: the words may have changed, or what they did."""
        if not self.outcome:
            return
        self.reason, self.details, self.outcome = reason, details, ""
        self.decided_by, self.decided_at, self.created_at = None, None, timezone.now()
        self.save()


class CommentReport(Report):
    """A report on a comment; the editors of the card, or the facilitators of the group, decide."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta(Report.Meta):
        constraints = [
            models.UniqueConstraint("comment", "reporter", name="one_report_per_person_and_comment"),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())
