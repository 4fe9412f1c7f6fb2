"""A session (séance): when, where, by whom; who may know of it, come to it, run it."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from practices.models import Theme, ToolPage

from ...choices import Confidentiality, GroupState, MemberRole
from ...models import ExchangeGroup
from ...models.confided import Confided, shared_with
from ...permissions import groups_open_to, is_partner
from ..choices import COMING, Format, SessionState
from .methods import Method, Step

ADDRESS_LENGTH = 60


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Any) -> "SessionQuerySet":
        """Sessions that this person may know of.

        Those of the groups whose talk they share and the public ones; a draft only for those who run it. The minutes
        and the notes are another matter (see readable_by).
        """
        shown = ~Q(state=SessionState.DRAFT)
        return self.filter((shown & (shared_with(user) | self._public())) | self._run_by(user))

    def readable_by(self, user: Any) -> "SessionQuerySet":
        """Sessions whose talk (agenda, notes, decisions) this person may read: those of the groups they share."""
        shown = ~Q(state=SessionState.DRAFT)
        return self.filter((shown & shared_with(user)) | self._run_by(user))

    def joinable_by(self, user: Any) -> "SessionQuerySet":
        """Coming sessions that this approved account may register for: those of its groups, and the public ones."""
        if not user.is_authenticated or not user.is_approved:
            return self.none()
        public = self._public()
        if is_partner(user):
            public &= Q(group__admits_institutions=True, admits_institutions=True)
        return self.filter(shared_with(user) | public, state__in=COMING)

    def run_by(self, user: Any) -> "SessionQuerySet":
        """Sessions that this person runs: the facilitators of the group, and those named facilitator or secretary."""
        return self.filter(self._run_by(user))

    def coming(self) -> "SessionQuerySet":
        """With a date that has not ended, in order."""
        return (
            self.filter(ends_at__gte=timezone.now()).exclude(state=SessionState.CANCELLED).order_by("starts_at", "pk")
        )

    def past(self) -> "SessionQuerySet":
        """Held, the latest first."""
        return (
            self.filter(ends_at__lt=timezone.now()).exclude(state=SessionState.CANCELLED).order_by("-starts_at", "-pk")
        )

    def _run_by(self, user: Any) -> Q:
        roles = groups_open_to(user)
        led = [group for group, role in roles.items() if role == MemberRole.FACILITATOR]
        named = Q(pk__in=[])
        if user.is_authenticated:
            named = Q(facilitator=user.pk) | Q(secretary=user.pk)
        return shared_with(user) & (Q(group__in=led) | named)

    def _public(self) -> Q:
        peers = Q(confidentiality=Confidentiality.ENTRE_PAIRS) | Q(group__confidentiality=Confidentiality.ENTRE_PAIRS)
        return Q(is_public=True) & ~peers & ~Q(group__state=GroupState.PREPARING)


class Session(Confided):
    """A meeting of an exchange group. `starts_at` and `ends_at` are empty while a poll looks for a date."""

    group = models.ForeignKey(
        ExchangeGroup, verbose_name=_("groupe"), on_delete=models.CASCADE, related_name="sessions"
    )
    title = models.CharField(_("titre"), max_length=120)
    format = models.CharField(_("format"), max_length=20, choices=Format)
    method = models.ForeignKey(
        Method, verbose_name=_("méthode"), on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    objective = models.CharField(_("objectif"), max_length=300, blank=True)
    preparation = models.TextField(_("à préparer"), max_length=2000, blank=True)
    starts_at = models.DateTimeField(_("début"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), default=90)
    ends_at = models.DateTimeField(_("fin"), null=True, blank=True, editable=False)
    answers_until = models.DateField(_("réponses attendues jusqu’au"), null=True, blank=True)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    video_link = models.URLField(_("lien de visio"), blank=True)
    phone_number = models.CharField(_("numéro de téléphone"), max_length=30, blank=True)
    phone_code = models.CharField(_("code d’accès par téléphone"), max_length=30, blank=True)
    tool = models.ForeignKey(
        ToolPage, verbose_name=_("outil"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    capacity = models.PositiveSmallIntegerField(_("nombre de places"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("thèmes"), blank=True, related_name="sessions")
    is_public = models.BooleanField(
        _("ouverte au-delà du groupe"),
        default=False,
        help_text=_("Annoncée à tous, avec inscription. Ce qui s’y dit reste au groupe."),
    )
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("animation"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="sessions_facilitated",
    )
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("secrétaire"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions_written",
    )
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="next_ones")
    state = models.CharField(_("état"), max_length=12, choices=SessionState, default=SessionState.DRAFT)
    state_reason = models.CharField(_("mot de l’animation"), max_length=300, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)  # RFC 5545: grows with each change told
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    # The live page: what is under way, and a number that grows with each change that participants should see.
    current_step = models.ForeignKey("SessionStep", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    step_started_at = models.DateTimeField(null=True, blank=True, editable=False)
    current_item = models.ForeignKey("AgendaItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    item_started_at = models.DateTimeField(null=True, blank=True, editable=False)
    live_version = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("commencée le"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("terminée le"), null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("séance")
        verbose_name_plural = _("séances")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["group", "-starts_at"], name="session_group_start"),
            models.Index(fields=["ends_at"], name="session_end"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, **kwargs: Any) -> None:
        """Keep the end with the start and the duration."""
        # Counted in UTC: over a change of clocks, the hour of Paris does not say how long it lasts.
        start = self.starts_at.astimezone(datetime.UTC) if self.starts_at else None
        self.ends_at = start + datetime.timedelta(minutes=self.minutes) if start else None
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "ends_at"}
        super().save(**kwargs)

    @property
    def slug(self) -> str:
        return slugify(self.title)[:ADDRESS_LENGTH].strip("-") or "seance"

    def get_absolute_url(self) -> str:
        return reverse("session_page", args=[self.pk, self.slug])

    @property
    def takes_answers(self) -> bool:
        """Whether members may still answer the poll of its dates: the last day counts."""
        if self.state != SessionState.POLLING:
            return False
        return self.answers_until is None or timezone.localdate() <= self.answers_until

    @property
    def may_leave_the_site(self) -> bool:
        """Whether a copy may be on the device of who reads it: what is said in public, and what the charter lets go.

        The page of a session open to all shows its agenda to members: open to all is not enough.
        """
        public = {self.confidentiality, self.group.confidentiality} == {Confidentiality.PUBLIC}
        return public or self.group.lets_copies_leave

    def is_visible_to(self, user: Any) -> bool:
        return Session.objects.visible_to(user).filter(pk=self.pk).exists()

    def may_be_read_by(self, user: Any) -> bool:
        """Whether this person may read what is said in it (see readable_by)."""
        return Session.objects.readable_by(user).filter(pk=self.pk).exists()

    def may_be_run_by(self, user: Any) -> bool:
        """Whether this person prepares it, runs it and writes it up (see run_by)."""
        return Session.objects.run_by(user).filter(pk=self.pk).exists()

    def may_be_joined_by(self, user: Any) -> bool:
        """Whether this person may register now (see joinable_by)."""
        return Session.objects.joinable_by(user).filter(pk=self.pk).exists()


class SessionStep(Step):
    """A step of this session, copied from its method and free to change."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("ordre"))

    class Meta:
        verbose_name = _("étape de séance")
        verbose_name_plural = _("étapes de séance")
        ordering = ["order", "pk"]
