"""Minutes of a session (compte rendu): lines that the secretary writes, changes that participants ask for."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from exchange_groups.sessions.choices import THERE
from exchange_groups.sessions.models import AgendaItem, Note, Session
from practices.models import PracticePage

from ..choices import Confidentiality, GroupState
from .choices import AmendmentState, LineKind, MinutesState

AMENDMENT_DAYS = 5
AMENDMENT_DAYS_MOST = 30
TEXT_LENGTH = 2000
SUMMARY_LENGTH = 3000
ADDRESS_LENGTH = 60

EDITABLE = (MinutesState.DRAFT, MinutesState.IN_REVIEW)


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: Any) -> "MinutesQuerySet":
        """Minutes that this person may read whole.

        Those who run the session read a draft; who took part reads it once it is sent for review; who shares the talk of
        the group, once it is published. The public version is another text (see public).
        """
        if not getattr(user, "is_approved", False):
            return self.none()
        there = Session.objects.filter(registrations__user=user, registrations__presence__in=THERE).order_by()
        run = Session.objects.run_by(user).order_by().values("pk")
        shared = Session.objects.readable_by(user).order_by().values("pk")
        return self.filter(
            Q(session__in=run)
            | Q(session__in=shared, state=MinutesState.PUBLISHED)
            | Q(session__in=shared, state__in=(MinutesState.IN_REVIEW, MinutesState.VALIDATED))
            & Q(session__in=there.values("pk"))
        )

    def public(self) -> "MinutesQuerySet":
        """Minutes whose redacted version is open to all: never those of peers, nor of a group in preparation."""
        peers = Confidentiality.ENTRE_PAIRS
        closed = Q(session__confidentiality=peers) | Q(session__group__confidentiality=peers)
        closed |= Q(session__group__state=GroupState.PREPARING)
        return self.filter(state=MinutesState.PUBLISHED, public_at__isnull=False).exclude(closed)


class Minutes(models.Model):
    """The minutes of one session. `version` grows with each change of the summary, so that none overwrites another."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="written_minutes")
    summary = models.TextField(_("synthèse"), max_length=SUMMARY_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(_("état"), max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    amendment_days = models.PositiveSmallIntegerField(
        _("jours de relecture"),
        default=AMENDMENT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(AMENDMENT_DAYS_MOST)],
    )
    created_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    sent_at = models.DateTimeField(_("envoyé en relecture le"), null=True, blank=True)
    amendable_until = models.DateTimeField(_("relecture jusqu’au"), null=True, blank=True)
    window_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    validated_at = models.DateTimeField(_("validé le"), null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    # The version for everyone: its own title and summary, and of the lines only what was chosen.
    public_title = models.CharField(_("titre public"), max_length=120, blank=True)
    public_summary = models.TextField(_("synthèse publique"), max_length=SUMMARY_LENGTH, blank=True)
    public_at = models.DateTimeField(_("rendu public le"), null=True, blank=True)
    public_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    public_checks = models.JSONField(_("vérifications"), default=list, blank=True, editable=False)
    # Those who were there and find nothing to change in the words as they stand; any change of the words empties it.
    agreed_by = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, editable=False, related_name="+")
    # The cards whose try the participants were asked about: each is asked about once.
    cards_asked_about = models.ManyToManyField(PracticePage, blank=True, editable=False, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("compte rendu")
        verbose_name_plural = _("comptes rendus")
        ordering = ["-session__starts_at", "-pk"]
        indexes = [
            models.Index(
                fields=["amendable_until"], condition=Q(state=MinutesState.IN_REVIEW), name="minutes_in_review"
            ),
            models.Index(fields=["-public_at"], condition=Q(public_at__isnull=False), name="minutes_public"),
        ]

    def __str__(self) -> str:
        return str(self.session)

    def get_absolute_url(self) -> str:
        return reverse("minutes_page", args=[self.session_id, self.session.slug])

    def get_public_url(self) -> str:
        slug = slugify(self.public_title)[:ADDRESS_LENGTH].strip("-") or "seance"
        return reverse("public_minutes", args=[self.pk, slug])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_amendable(self) -> bool:
        """Whether participants may still ask for changes."""
        return (
            self.state == MinutesState.IN_REVIEW
            and self.amendable_until is not None
            and timezone.now() < self.amendable_until
        )

    @property
    def may_become_public(self) -> bool:
        """What peers said never has a public version: what is worth telling leaves it as a card, reviewed."""
        group = self.session.group
        return not (self.session.is_of_peers or group.is_peer_group) and group.state != GroupState.PREPARING

    def is_visible_to(self, user: Any) -> bool:
        return Minutes.objects.visible_to(user).filter(pk=self.pk).exists()

    def may_be_validated_by(self, user: Any) -> bool:
        """Whether this person validates and publishes: who facilitates the group or the session, not the secretary alone."""
        if self.session.group.is_facilitated_by(user):
            return True
        return self.session.facilitator_id == user.pk and self.session.may_be_run_by(user)

    def may_be_amended_by(self, user: Any) -> bool:
        """Whether this person may ask for a change now: who reads the minutes in review, on time."""
        return self.is_amendable and self.is_visible_to(user)


class LineQuerySet(models.QuerySet["MinutesLine"]):
    def standing(self) -> "LineQuerySet":
        """Not taken away."""
        return self.filter(removed_at=None)


class MinutesLine(models.Model):
    """One line. A line of kind « point » opens a section; the lines after it belong to it.

    `note` and `item` say what it was written from: writing the minutes anew never doubles it, never brings it back once
    taken away, and changes its words only while they are still `generated_text`, the words it was made with.
    An action is always a note of the session too, which holds who does it, for when and whether it is done.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("nature"), max_length=10, choices=LineKind, default=LineKind.NOTE)
    text = models.TextField(_("texte"), max_length=TEXT_LENGTH)
    order = models.PositiveIntegerField(_("ordre"), default=0)
    note = models.ForeignKey(Note, on_delete=models.SET_NULL, null=True, blank=True, related_name="minutes_lines")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="minutes_lines")
    generated_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("modifié le"), default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_public = models.BooleanField(_("dans la version publique"), default=False)
    public_text = models.TextField(_("texte public"), max_length=TEXT_LENGTH, blank=True)
    card = models.ForeignKey(
        PracticePage, verbose_name=_("fiche issue"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne de compte rendu")
        verbose_name_plural = _("lignes de compte rendu")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "note"], condition=Q(note__isnull=False), name="one_line_per_note"
            ),
            models.UniqueConstraint(
                fields=["minutes", "item"], condition=Q(item__isnull=False), name="one_heading_per_item"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def was_edited(self) -> bool:
        return self.text != self.generated_text


class Amendment(models.Model):
    """A change that a participant asks for: other words for a line, or a line that is missing (no `line`).

    `seen_text` are the words they had before them, kept so that whoever decides sees what the change was made to.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="amendments")
    line = models.ForeignKey(MinutesLine, on_delete=models.CASCADE, null=True, blank=True, related_name="amendments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="minutes_amendments"
    )
    seen_text = models.TextField(_("texte lu"), blank=True)
    text = models.TextField(_("texte proposé"), max_length=TEXT_LENGTH)
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True)
    submission_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposed_at = models.DateTimeField(_("proposée le"), default=timezone.now)
    state = models.CharField(_("état"), max_length=10, choices=AmendmentState, default=AmendmentState.PROPOSED)
    answer = models.CharField(_("réponse"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("demande de modification")
        verbose_name_plural = _("demandes de modification")
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def line_changed_meanwhile(self) -> bool:
        """Whether the line no longer says what the participant read."""
        return self.line is not None and self.line.text != self.seen_text


def forget_agreements(minutes_id: int) -> None:
    """Forget who agreed with minutes whose words have changed: they read others."""
    Minutes.agreed_by.through.objects.filter(minutes_id=minutes_id).delete()


def window_end(minutes: Minutes, now: datetime.datetime) -> datetime.datetime:
    """Return when the amendment window closes: at the end of the last whole day."""
    last = timezone.localdate(now) + datetime.timedelta(days=minutes.amendment_days)
    return timezone.make_aware(datetime.datetime.combine(last, datetime.time(23, 59, 59)))
