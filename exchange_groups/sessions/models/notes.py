"""What is captured while a session is held: notes, needs, ideas of cards, decisions, actions."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import Membership
from ..choices import THERE, ActionState, NoteKind
from .agenda import AgendaItem
from .people import Registration
from .sessions import Session


class NoteQuerySet(models.QuerySet["Note"]):
    def standing(self) -> "NoteQuerySet":
        """Not taken away."""
        return self.filter(removed_at=None)

    def actions(self) -> "NoteQuerySet":
        return self.standing().filter(kind=NoteKind.ACTION)

    def open_actions(self) -> "NoteQuerySet":
        """Actions still to do, the most urgent first."""
        return self.actions().filter(state=ActionState.TO_DO).order_by(models.F("due_on").asc(nulls_last=True), "pk")

    def taken_on_by(self, user: Any) -> "NoteQuerySet":
        """What this person took on in sessions whose talk they may read now: an action is part of it.

        Who left the group reads it no more. A guest who was in a session open beyond the group, without ever being a
        member, keeps what they took on there as long as the session is announced to them.
        """
        was_member = Membership.objects.filter(group=OuterRef("session__group"), user=user.pk)
        was_there = Registration.objects.filter(session=OuterRef("session"), user=user.pk, presence__in=THERE)
        read = Q(session__in=Session.objects.readable_by(user).order_by().values("pk"))
        known = Q(session__in=Session.objects.visible_to(user).order_by().values("pk"))
        as_guest = known & Exists(was_there) & ~Exists(was_member)
        return self.filter(read | as_guest, doer=user.pk)


class Note(models.Model):
    """One capture. Each is a row of its own, so that two people who write never overwrite each other.

    `key` is given by the device that wrote it: sent twice, it is stored once. `version` grows at each correction: a
    correction made on an older version is kept as another note, which `corrects` it, instead of replacing words that
    its author has not seen.
    An action says who does it (`doer`, or `doer_name` without an account), for when, and whether it is done.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    kind = models.CharField(_("nature"), max_length=10, choices=NoteKind, default=NoteKind.NOTE)
    text = models.TextField(_("texte"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="session_notes"
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    corrects = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="other_versions"
    )
    written_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    changed_at = models.DateTimeField(_("modifié le"), default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    doer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("qui"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="session_actions",
    )
    doer_name = models.CharField(_("qui, sans compte"), max_length=80, blank=True)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=ActionState, blank=True)
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note de séance")
        verbose_name_plural = _("notes de séance")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=NoteKind.ACTION, state__in=ActionState.values)
                | (~Q(kind=NoteKind.ACTION) & Q(state="")),
                name="only_an_action_has_a_state",
            )
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state=ActionState.TO_DO), name="open_action_due")]

    def __str__(self) -> str:
        return self.text[:60]
