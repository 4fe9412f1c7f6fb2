"""How one enters a group: membership, charter and its acceptance, request, invitation."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User

from ..choices import Confidentiality, Departure, GroupState, MemberRole
from .groups import ExchangeGroup

INVITATION_DAYS = 14
INVITATION_SALT = "exchange_groups.invitation"


class Charter(models.Model):
    """One version of a group's charter. The words of an accepted version never change: a new version replaces it."""

    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="charters")
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("texte"))
    lets_copies_leave = models.BooleanField(
        _("copies sur les appareils"),
        default=False,
        help_text=_("Les membres peuvent garder les échanges sur leur appareil, pour les lire sans réseau."),
    )
    published_at = models.DateTimeField(_("en vigueur depuis le"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("charte")
        verbose_name_plural = _("chartes")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["group", "version"], name="charter_version_unique")]

    def __str__(self) -> str:
        return f"{self.group} – v{self.version}"


class CharterAcceptance(models.Model):
    """Who accepted which version, and when."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="charter_acceptances")
    accepted_at = models.DateTimeField(_("acceptée le"), default=timezone.now)

    class Meta:
        verbose_name = _("acceptation de charte")
        verbose_name_plural = _("acceptations de charte")
        ordering = ["accepted_at"]
        constraints = [models.UniqueConstraint(fields=["charter", "user"], name="charter_accepted_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.charter_id}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Those who have not left (whether they accepted the charter in force or not)."""
        return self.filter(left_at=None)

    def left(self) -> "MembershipQuerySet":
        """Those who are no longer there: what they wrote stays without their name."""
        return self.exclude(left_at=None)

    def in_effect(self) -> "MembershipQuerySet":
        """Those that open a group's talk now.

        The account is approved, the person has not left, has accepted the charter in force where there is one, and the
        group admits institutions when the person comes from one (a peer group never does).
        """
        accepted = CharterAcceptance.objects.filter(charter=OuterRef("group__charter"), user=OuterRef("user"))
        return (
            self.of_approved_accounts()
            .filter(Q(group__charter=None) | Exists(accepted))
            .filter(~Q(group__state=GroupState.PREPARING) | Q(role=MemberRole.FACILITATOR))
        )

    def of_approved_accounts(self) -> "MembershipQuerySet":
        """Those of approved accounts that have not left, from an institution only where the group admits them."""
        approved = Q(user__is_active=True) & (Q(user__status=User.Status.APPROVED) | Q(user__is_superuser=True))
        admitted = Q(group__admits_institutions=True) & ~Q(group__confidentiality=Confidentiality.ENTRE_PAIRS)
        partners = User.objects.from_institutions().filter(pk=OuterRef("user"))
        return self.current().filter(approved).filter(admitted | ~Exists(partners))

    def facilitators(self) -> "MembershipQuerySet":
        return self.current().filter(role=MemberRole.FACILITATOR)

    def leading(self) -> "MembershipQuerySet":
        """Facilitators who can act: those whose account, or whose institution, still lets them."""
        return self.of_approved_accounts().filter(role=MemberRole.FACILITATOR)


class Membership(models.Model):
    """A person in a group. The row outlives a departure, without opening anything: coming back finds it again."""

    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_memberships")
    role = models.CharField(_("rôle"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER)
    # Since when they lead it, without a break: names masked before are not shown to who leads since.
    leads_since = models.DateTimeField(_("anime depuis le"), null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(_("depuis le"), default=timezone.now)
    left_at = models.DateTimeField(_("parti le"), null=True, blank=True)
    departure = models.CharField(_("départ"), max_length=10, choices=Departure, blank=True)
    departure_reason = models.CharField(_("motif du retrait"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        ordering = ["joined_at"]
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="one_membership_per_person_and_group")]
        indexes = [models.Index(fields=["user"], condition=Q(left_at=None), name="membership_current")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.group_id}"

    def save(self, **kwargs: Any) -> None:
        """Keep with the role since when it is held."""
        if self.role == MemberRole.FACILITATOR:
            self.leads_since = self.leads_since or timezone.now()
        else:
            self.leads_since = None
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "leads_since"} if "role" in fields else fields
        super().save(**kwargs)


class JoinRequest(models.Model):
    """A person asks to enter a group on request; a facilitator accepts, or refuses and says why."""

    class State(models.TextChoices):
        PENDING = "pending", _("en attente")
        ACCEPTED = "accepted", _("acceptée")
        REFUSED = "refused", _("refusée")
        WITHDRAWN = "withdrawn", _("retirée")

    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    message = models.TextField(_("message"), max_length=600, blank=True)
    created_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.PENDING)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("demande d’entrée")
        verbose_name_plural = _("demandes d’entrée")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], condition=Q(state="pending"), name="one_pending_join_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.group_id} ({self.state})"


def _expiry() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=INVITATION_DAYS)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> "InvitationQuerySet":
        """Those that still open their group."""
        return self.filter(revoked_at=None, uses_left__gt=0, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """An invitation: to one e-mail address, or a link that a number of people may follow (no address)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse e-mail"), blank=True)
    uses_left = models.PositiveSmallIntegerField(_("entrées restantes"), default=1)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(_("expire le"), default=_expiry)
    revoked_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email or self.uses_left} → {self.group_id}"

    @property
    def token(self) -> str:
        """The signed end of the address: it cannot be guessed nor altered."""
        return signing.Signer(salt=INVITATION_SALT).sign(self.pk.hex)

    @classmethod
    def from_token(cls, token: str) -> "Invitation | None":
        """Return the invitation of a signed token, whatever its state; None when the token is not ours."""
        try:
            pk = uuid.UUID(signing.Signer(salt=INVITATION_SALT).unsign(token))
        except (signing.BadSignature, ValueError):
            return None
        return cls.objects.select_related("group").filter(pk=pk).first()

    @property
    def stands(self) -> bool:
        """Whether it still opens the group."""
        return self.revoked_at is None and self.uses_left > 0 and self.expires_at > timezone.now()

    def is_for(self, user: Any) -> bool:
        """Whether this person may use it: a named invitation opens to its own address only."""
        return not self.email or self.email.lower() == user.email.lower()
