"""What decides who reads a group: who leads it, how confidential it is. Proposed, agreed to, applied: its journal."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Confidentiality, DecisionKind, DecisionState
from .groups import ExchangeGroup


class GroupDecisionQuerySet(models.QuerySet["GroupDecision"]):
    def waiting(self) -> "GroupDecisionQuerySet":
        return self.filter(state=DecisionState.WAITING)

    def journal(self) -> "GroupDecisionQuerySet":
        """What is over, the latest first."""
        return self.exclude(state=DecisionState.WAITING).order_by("-decided_at", "-pk")


class GroupDecision(models.Model):
    """One decision: waiting for those it asks, or over. The row stays: nobody rewrites the journal.

    `person` leads, or leads no more (NAMING, ENDING); the confidentiality before and after is that of an OPENING or a
    TIGHTENING. `told_members_at`: since when the members of a group that nobody leads may object to a naming.
    """

    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(_("nature"), max_length=12, choices=DecisionKind)
    state = models.CharField(_("état"), max_length=12, choices=DecisionState, default=DecisionState.WAITING)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confidentiality = models.CharField(max_length=12, choices=Confidentiality, blank=True)
    admits_institutions = models.BooleanField(default=False)
    former_confidentiality = models.CharField(max_length=12, choices=Confidentiality, blank=True)
    formerly_admitted_institutions = models.BooleanField(default=False)
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposée le"), default=timezone.now)
    told_members_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)
    # Who agreed or decided alone; a member who refused is not named: a refusal is free.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)

    objects = GroupDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("décision de groupe")
        verbose_name_plural = _("décisions de groupe")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(kind=DecisionKind.OPENING, state=DecisionState.WAITING),
                name="one_opening_waits_a_group",
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(kind=DecisionKind.NAMING, state=DecisionState.WAITING),
                name="one_naming_waits_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(state=DecisionState.WAITING), name="group_decision_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} : {self.kind} ({self.state})"

    @property
    def is_naming(self) -> bool:
        return self.kind == DecisionKind.NAMING

    @property
    def is_opening(self) -> bool:
        return self.kind == DecisionKind.OPENING

    def tells_reason_to(self, user: Any) -> bool:
        """Whether this person reads the words that it was proposed with: they were written to the group.

        The coordination, which proposes from outside, reads what was decided, and not what members say to one another.
        """
        return user.pk in {self.proposed_by_id, self.person_id} or self.group.may_be_read_by(user)

    @property
    def before(self) -> str:
        """What the confidentiality was, in words."""
        return describe(self.former_confidentiality, self.formerly_admitted_institutions)

    @property
    def after(self) -> str:
        """What it becomes, in words."""
        return describe(self.confidentiality, self.admits_institutions)


def describe(confidentiality: str, admits_institutions: bool) -> str:
    """Say a confidentiality in words."""
    words: Any = Confidentiality(confidentiality).label if confidentiality else ""
    return f"{words}, {_('institutions admises')}" if admits_institutions else str(words)


class DecisionAnswer(models.Model):
    """What somebody asked answered; one may change a yes into a no while the decision waits."""

    decision = models.ForeignKey(GroupDecision, on_delete=models.CASCADE, related_name="answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agrees = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "user"], name="one_answer_a_person_and_decision")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.decision_id}"
