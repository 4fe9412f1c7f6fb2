"""An invitation to give one's opinion on a draft, by a secret link that works once."""

import datetime
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ...models import PracticePage

VALID_FOR = datetime.timedelta(days=21)
# After an answer, or the end of the link, the name stays in the history of the card and the address is forgotten.
ADDRESS_KEPT = datetime.timedelta(days=90)

# The parts of a card that an expert may comment on: fields of PracticePage, in the order they are read.
COMMENTED_FIELDS = (
    "title", "summary", "objective", "limits", "steps", "fallback", "watchpoints", "gdpr_note", "adaptations",
    "observed_results", "words_for_the_person",
)  # fmt: skip


def new_nonce() -> str:
    """Return what the secret of one invitation is derived from, with the key of the site."""
    return secrets.token_hex(16)


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class ExpertInvitationQuerySet(models.QuerySet["ExpertInvitation"]):
    def of_token(self, token: str) -> "ExpertInvitation | None":
        """Return the invitation that this secret opens."""
        return self.select_related("card", "invited_by").filter(token_hash=hash_of(token)).first()


class ExpertInvitation(models.Model):
    """One person, named, is asked for an opinion on one card.

    The secret of the link is nowhere in the database: it is derived from the site's key and a nonce when the mail leaves;
    only its hash is kept.
    """

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("Cette fiche peut être publiée")
        OBJECT = "object", _("Elle ne devrait pas être publiée en l’état")

    card = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="expert_invitations")
    name = models.CharField(_("nom"), max_length=100)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    message = models.TextField(_("message"), blank=True)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("invitée le"), default=timezone.now)
    expires_at = models.DateTimeField(_("jusqu’au"))
    mailed_at = models.DateTimeField(_("message parti le"), null=True, blank=True)
    opened_at = models.DateTimeField(_("ouverte le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)
    verdict = models.CharField(_("avis"), max_length=10, choices=Verdict, blank=True)
    opinion = models.TextField(_("en quelques mots"), blank=True)

    objects = ExpertInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation d’expert")
        verbose_name_plural = _("invitations d’experts")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.token_hash = self.token_hash or hash_of(self.token)
        super().save(*args, **kwargs)

    @property
    def token(self) -> str:
        """The secret of the link; whoever holds it may answer."""
        return salted_hmac("practices.experts", self.nonce, algorithm="sha256").hexdigest()

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether the link still waits for an answer."""
        return not (self.answered_at or self.withdrawn_at or self.has_expired)

    @property
    def state_words(self) -> Any:
        """The state in a few words, for editors."""
        if self.answered_at:
            return self.get_verdict_display()
        if self.withdrawn_at:
            return _("Invitation retirée")
        if self.has_expired:
            return _("Lien expiré sans réponse")
        return _("Lien ouvert, sans réponse encore") if self.opened_at else _("Pas encore ouvert")


class ExpertNote(models.Model):
    """What an expert says of one part of the card."""

    invitation = models.ForeignKey(ExpertInvitation, on_delete=models.CASCADE, related_name="notes")
    field = models.CharField(_("partie"), max_length=30)
    text = models.TextField(_("remarque"))

    class Meta:
        verbose_name = _("remarque d’expert")
        verbose_name_plural = _("remarques d’experts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def field_label(self) -> str:
        return str(PracticePage._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]
