"""Support groups and the exchange groups that they carry: who may see them, read them, write in them, manage them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import Network, Structure
from kb_site.accounts.services.approval import may_decide
from kb_site.given_addresses.models import LastingSlug
from practices.diagnostic.models import DiagnosticCampaign

from ..choices import ACCESS_ORDER, Access, Confidentiality, GroupState, MemberRole
from ..permissions import group_principal, groups_open_to, is_partner
from .confided import Confidence, close_talk


class SupportGroup(LastingSlug, models.Model):
    """A thematic group of institutions and structures (groupe d’appui), which opens exchange groups."""

    address_kind = "support-group"

    number = models.PositiveSmallIntegerField(_("numéro"), unique=True)
    name = models.CharField(_("nom"), max_length=120)
    slug = models.SlugField(_("adresse"), unique=True)
    summary = models.CharField(_("en une phrase"), max_length=200)
    description = models.TextField(_("présentation"), blank=True)
    network = models.ForeignKey(
        Network, verbose_name=_("réseau porteur"), on_delete=models.PROTECT, related_name="support_groups"
    )
    institutions = models.TextField(_("membres institutionnels"), blank=True, help_text=_("Un par ligne."))
    structures = models.ManyToManyField(
        Structure, verbose_name=_("structures membres"), blank=True, related_name="support_groups"
    )

    class Meta:
        verbose_name = _("groupe d’appui")
        verbose_name_plural = _("groupes d’appui")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("support_group", args=[self.slug])


class ExchangeGroupQuerySet(models.QuerySet["ExchangeGroup"]):
    def visible_to(self, user: Any) -> "ExchangeGroupQuerySet":
        """Groups whose existence and purpose this person may know; their talk is another matter (readable_by).

        A group in preparation is known to its facilitators and to the coordination. A peer group by invitation is
        known to its members, to those whom a standing invitation names, and to the coordination.
        """
        hidden = Q(state=GroupState.PREPARING) | Q(
            access=Access.INVITATION, confidentiality=Confidentiality.ENTRE_PAIRS
        )
        if not user.is_authenticated or not user.is_approved:
            return self.exclude(hidden)
        if may_decide(user):
            return self
        from .memberships import Invitation, Membership  # imports this file

        own = Membership.objects.current().filter(user=user)
        led = Q(pk__in=own.filter(role=MemberRole.FACILITATOR).values("group"))
        invitations = Invitation.objects.standing().filter(email__iexact=user.email)
        open_to_them = Q(pk__in=own.values("group")) | Q(pk__in=invitations.values("group"))
        return self.filter(~hidden | led | (open_to_them & ~Q(state=GroupState.PREPARING)))

    def readable_by(self, user: Any) -> "ExchangeGroupQuerySet":
        """Groups whose topics this person may read: the public ones, and those they share."""
        public = Q(confidentiality=Confidentiality.PUBLIC) & ~Q(state=GroupState.PREPARING)
        return self.filter(public | Q(pk__in=list(groups_open_to(user))))

    def unled(self) -> "ExchangeGroupQuerySet":
        """Groups under way whose facilitators have all left, lost their rights or closed their accounts."""
        from .memberships import Membership  # imports this file

        leading = Membership.objects.leading().filter(group=OuterRef("pk"))
        return self.exclude(state=GroupState.CLOSED).exclude(Exists(leading))

    def managed_by(self, user: Any) -> "ExchangeGroupQuerySet":
        """Groups that this person facilitates; one who comes from an institution, only those that admit it."""
        if not user.is_authenticated or not user.is_approved:
            return self.none()
        admitting = self.filter(admits_institutions=True) if is_partner(user) else self
        return admitting.filter(
            memberships__user=user, memberships__left_at=None, memberships__role=MemberRole.FACILITATOR
        )


class ExchangeGroup(Confidence, LastingSlug, models.Model):
    """A closed, named, facilitated group (groupe d’échanges)."""

    address_kind = "group"

    name = models.CharField(_("nom"), max_length=100, unique=True)
    slug = models.SlugField(_("adresse"), unique=True)
    summary = models.CharField(_("en une phrase"), max_length=200)
    purpose = models.TextField(_("objet"), help_text=_("À quoi sert ce groupe, à qui il s’adresse."))
    support_group = models.ForeignKey(
        SupportGroup,
        verbose_name=_("groupe d’appui"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="exchange_groups",
    )
    network = models.ForeignKey(
        Network, verbose_name=_("réseau porteur"), on_delete=models.PROTECT, related_name="exchange_groups"
    )
    access = models.CharField(_("accès"), max_length=12, choices=Access, default=Access.SUR_DEMANDE)
    confidentiality = models.CharField(
        _("confidentialité"), max_length=12, choices=Confidentiality, default=Confidentiality.MEMBRES
    )
    admits_institutions = models.BooleanField(_("institutions admises"), default=False)
    rhythm = models.CharField(_("rythme"), max_length=150, blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=GroupState, default=GroupState.PREPARING)
    state_reason = models.CharField(_("mot de l’animation"), max_length=300, blank=True)
    state_changed_at = models.DateTimeField(_("état changé le"), null=True, blank=True, editable=False)
    charter = models.ForeignKey(
        "exchange_groups.Charter",
        verbose_name=_("charte en vigueur"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="exchange_groups.Membership", related_name="exchange_groups"
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    # Since when nobody leads it, as the coordinators were told; empty while somebody does.
    unled_since = models.DateTimeField(_("sans animation depuis le"), null=True, blank=True, editable=False)

    objects = ExchangeGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groupe d’échanges")
        verbose_name_plural = _("groupes d’échanges")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(confidentiality=Confidentiality.ENTRE_PAIRS, admits_institutions=True),
                name="peer_group_admits_no_institution",
                violation_error_message=_("Un groupe entre pairs n’admet pas d’institution."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group_page", args=[self.slug])

    def clean(self) -> None:
        """What was confided stays so, whoever asks: where somebody is or has spoken, no form opens the group.

        Its members open it (services/decisions.py). Raises ValidationError, by field.
        """
        super().clean()
        stored = ExchangeGroup.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None or not stored.is_held:
            return
        refused: dict[str, Any] = {}
        if Confidence.is_more_open_than(self, stored):
            name = "confidentiality" if self.confidentiality != stored.confidentiality else "admits_institutions"
            refused[name] = _(
                "Ouvrir ce groupe demande l’accord de ses membres : proposez-le sur sa page « Décisions » (%(page)s)."
            ) % {"page": stored.get_decisions_url()}
        if self.access == Access.OUVERT and stored.access != Access.OUVERT and stored.has_talk:
            refused["access"] = _(
                "Ce groupe a déjà des échanges : on n’y entre plus librement, l’animation accueille chaque personne."
            )
        if refused:
            raise ValidationError(refused)

    def save(self, **kwargs: Any) -> None:
        """A group that tightens tightens what was said in it, at once; one that opens leaves it as it was."""
        fields = kwargs.get("update_fields")
        if self.pk and (fields is None or {"confidentiality", "admits_institutions"} & set(fields)):
            close_talk(self)
            if not self.admits_institutions:
                campaigns = DiagnosticCampaign.objects.filter(principal=group_principal(self.pk))
                campaigns.update(principal=group_principal(self.pk, with_institutions=False))
        super().save(**kwargs)

    def get_decisions_url(self) -> str:
        return reverse("group_decisions", args=[self.slug])

    @property
    def has_talk(self) -> bool:
        """Whether anything was ever said in it, even taken away since."""
        return self.topics.exists() or self.sessions.exists()

    @property
    def has_members(self) -> bool:
        """Whether somebody is in it now."""
        return self.memberships.filter(left_at=None).exists()

    @property
    def is_held(self) -> bool:
        """Whether somebody relies on its confidentiality: it has talk, or members."""
        return self.has_talk or self.has_members

    @property
    def is_led(self) -> bool:
        """Whether somebody can lead it now."""
        return self.memberships.leading().exists()  # type: ignore[attr-defined,no-any-return]

    def is_entered_more_easily_than(self, other: "ExchangeGroup") -> bool:
        """Whether more people enter it by themselves than the other."""
        return ACCESS_ORDER.index(Access(self.access)) < ACCESS_ORDER.index(Access(other.access))

    def may_have_facilitators_named_by(self, user: Any) -> bool:
        """Whether this person may name who leads it at once: who leads it, or anybody while nobody is in it.

        Others propose (services/decisions.py).
        """
        return self.pk is None or not self.is_held or self.may_be_managed_by(user)

    @property
    def is_peer_group(self) -> bool:
        return self.confidentiality == Confidentiality.ENTRE_PAIRS

    @property
    def lets_copies_leave(self) -> bool:
        """Whether members may keep what is said on their devices: only where the charter in force says so."""
        return self.charter is not None and self.charter.lets_copies_leave

    @property
    def is_known_to_all(self) -> bool:
        """Whether a visitor may know of it (see visible_to)."""
        by_invitation = self.access == Access.INVITATION and self.is_peer_group
        return self.state != GroupState.PREPARING and not by_invitation

    @property
    def is_open_to_words(self) -> bool:
        """Whether members may write: a group in pause or closed is only read."""
        return self.state in {GroupState.ACTIVE, GroupState.PREPARING}

    def may_be_read_by(self, user: Any) -> bool:
        """Whether this person may read the topics (see readable_by)."""
        is_public = self.confidentiality == Confidentiality.PUBLIC and self.state != GroupState.PREPARING
        return is_public or self.pk in groups_open_to(user)

    def may_be_written_by(self, user: Any) -> bool:
        """Whether this person may write topics and replies now."""
        return self.is_open_to_words and self.pk in groups_open_to(user)

    def is_facilitated_by(self, user: Any) -> bool:
        """Whether this person facilitates the group and shares its talk: moderation, marks."""
        return groups_open_to(user).get(self.pk) == MemberRole.FACILITATOR

    def may_be_managed_by(self, user: Any) -> bool:
        """Whether this person manages members and charter: a facilitator, even before accepting a new charter."""
        return ExchangeGroup.objects.managed_by(user).filter(pk=self.pk).exists()

    def may_welcome(self, user: Any) -> bool:
        """Whether this person could become a member: an approved account, from an institution only where admitted."""
        if not user.is_authenticated or not user.is_approved or self.state == GroupState.CLOSED:
            return False
        return not is_partner(user) or (self.admits_institutions and not self.is_peer_group)
