"""Who answers the date poll, who registers, who was there."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import DateAnswer, Presence, RegistrationState
from .sessions import Session


class DateOption(models.Model):
    """A date that the poll offers."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="date_options")
    starts_at = models.DateTimeField(_("début"))

    class Meta:
        verbose_name = _("date proposée")
        verbose_name_plural = _("dates proposées")
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["session", "starts_at"], name="one_option_per_start")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.starts_at:%Y-%m-%d %H:%M}"


class DateVote(models.Model):
    """What one person answers to one date."""

    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="date_votes")
    answer = models.CharField(_("réponse"), max_length=10, choices=DateAnswer)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("réponse au sondage")
        verbose_name_plural = _("réponses au sondage")
        ordering = ["answered_at"]
        constraints = [models.UniqueConstraint(fields=["option", "user"], name="one_answer_per_person_and_date")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.answer}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def registered(self) -> "RegistrationQuerySet":
        """Those who have a place."""
        return self.filter(state=RegistrationState.REGISTERED)

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, first come first."""
        return self.filter(state=RegistrationState.WAITING).order_by("registered_at", "pk")


class Registration(models.Model):
    """A person of a session: their place, and whether they were there.

    A guest who has no account (a colleague who calls in) has a `guest_name` and no user.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="session_registrations"
    )
    guest_name = models.CharField(_("nom de l’invité"), max_length=80, blank=True)
    state = models.CharField(
        _("inscription"), max_length=10, choices=RegistrationState, default=RegistrationState.REGISTERED
    )
    presence = models.CharField(_("présence"), max_length=10, choices=Presence, blank=True)
    registered_at = models.DateTimeField(_("inscrit le"), default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    speaking_order = models.PositiveSmallIntegerField(_("tour de parole"), null=True, blank=True)
    spoken = models.BooleanField(_("a parlé"), default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"], condition=Q(user__isnull=False), name="one_registration_per_person"
            ),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(guest_name=""), name="registration_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or 'invité'} → {self.session_id}"

    @property
    def name(self) -> str:
        return self.user.public_name if self.user else self.guest_name


class LinksWithdrawn(models.Model):
    """From this moment, the links that mails brought before about a session open nothing: those of one person, who
    withdrew them, or of everybody (no `user`), withdrawn by who runs it. Later mails bring links that work."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="links_withdrawn")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("liens retirés")
        verbose_name_plural = _("liens retirés")

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id or 'tous'}"


class CalendarKey(models.Model):
    """The secret end of a member's private calendar address; a new one cancels the former."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        verbose_name = _("agenda privé")
        verbose_name_plural = _("agendas privés")

    def __str__(self) -> str:
        return f"agenda {self.user_id}"
