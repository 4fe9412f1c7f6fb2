"""People, the structures they work in and the networks that gather structures."""

import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Concat, Left, Lower, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.admin_search.words import FoundByWords
from kb_site.given_addresses.models import LastingSlug
from kb_site.search_documents import Facet

from .choices import COORDINATION, DEPARTEMENTS, PARTNERS, TERRITORIES, Role, SiaeType
from .retention_periods import DECIDED_WITHIN
from .siret import check_siret

# What an account was known by stays known to it until its end.
REMEMBERED = frozenset({"first_name", "last_name", "email"})


class Network(FoundByWords, LastingSlug, models.Model):
    """A network of structures: it owns one section of the page tree and its editors."""

    address_kind = "network"
    words_found = ("name",)

    name = models.CharField(_("nom"), max_length=100, unique=True)
    slug = models.SlugField(
        _("adresse"),
        unique=True,
        help_text=_("Partie de l’adresse des fiches du réseau, par exemple « chantiers-idf »."),
    )
    description = models.TextField(_("présentation"), blank=True)
    territories = ArrayField(
        models.CharField(max_length=3, choices=TERRITORIES), verbose_name=_("territoires"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("réseau")
        verbose_name_plural = _("réseaux")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


NETWORK = Facet("reseau", _("Réseau"), Network)


class Structure(FoundByWords, models.Model):
    """A work-integration enterprise (SIAE), or another organisation whose staff have accounts."""

    words_found = ("name", "siret", "territory")

    name = models.CharField(_("nom"), max_length=150)
    siae_type = models.CharField(_("type"), max_length=10, choices=SiaeType)
    territory = models.CharField(_("département"), max_length=3, choices=DEPARTEMENTS)
    network = models.ForeignKey(
        Network, verbose_name=_("réseau"), on_delete=models.SET_NULL, null=True, blank=True, related_name="structures"
    )
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[check_siret])

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "territory", name="structure_name_territory_unique"),
            models.UniqueConstraint("siret", condition=~Q(siret=""), name="structure_siret_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    def pending(self) -> "UserQuerySet":
        """Accounts whose address is confirmed and that wait for a coordinator's decision, oldest first."""
        return self.filter(
            status=User.Status.PENDING, is_active=True, emailaddress__verified=True, emailaddress__primary=True
        ).order_by("date_joined")

    def waiting_for_long(self, *, now: datetime.datetime) -> "UserQuerySet":
        """Accounts that wait longer than people are told."""
        return self.pending().filter(date_joined__lt=now - DECIDED_WITHIN)

    def coordinators(self) -> "UserQuerySet":
        """Those who approve accounts: the approved accounts of the group Coordination, and administrators."""
        approved = Q(groups__name=COORDINATION, status=User.Status.APPROVED)
        return self.filter(Q(is_superuser=True) | approved, is_active=True).distinct()

    def from_institutions(self) -> "UserQuerySet":
        """Accounts that come from an institution: by the job, or by the group Partenaires."""
        return self.filter(Q(role=Role.PARTENAIRE) | Q(groups__name=PARTNERS))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates accounts known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password it can only sign in by e-mailed code."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an approved account with every right."""
        return self.create_user(
            email, password, **({"is_staff": True, "is_superuser": True, "status": User.Status.APPROVED} | fields)
        )

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(FoundByWords, AbstractUser):
    """An account. It reads and writes as a member once a coordinator has approved it."""

    class Status(models.TextChoices):
        PENDING = "pending", _("en attente")
        APPROVED = "approved", _("validé")
        REFUSED = "refused", _("refusé")
        DETACHED = "detached", _("sans structure")  # left the structure that vouched for the person

    words_found = ("first_name", "last_name", "structure")

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("adresse e-mail"), unique=True)
    role = models.CharField(_("métier"), max_length=20, choices=Role, blank=True)
    structure = models.ForeignKey(
        Structure, verbose_name=_("structure"), on_delete=models.SET_NULL, null=True, blank=True, related_name="staff"
    )
    structure_declared = models.CharField(
        _("structure déclarée"),
        max_length=150,
        blank=True,
        help_text=_(
            "Ce que la personne a écrit à l’inscription, avant que la coordination la rattache à une structure."
        ),
    )
    territory_declared = models.CharField(_("département déclaré"), max_length=3, choices=DEPARTEMENTS, blank=True)
    siae_type_declared = models.CharField(_("type déclaré"), max_length=10, choices=SiaeType, blank=True)
    status = models.CharField(_("état du compte"), max_length=10, choices=Status, default=Status.PENDING)
    decided_at = models.DateTimeField(_("décision le"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "self",
        verbose_name=_("décision par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    is_referent = models.BooleanField(
        _("référent ou référente de sa structure"),
        default=False,
        help_text=_("Invite ses collègues et retire les personnes qui quittent la structure."),
    )
    # Days, not hours: enough to know who is away, too little to follow someone.
    last_seen_on = models.DateField(_("dernière venue"), null=True, blank=True, editable=False, db_index=True)
    inactivity_warned_on = models.DateField(null=True, blank=True, editable=False)
    coordinators_reminded_on = models.DateField(null=True, blank=True, editable=False)
    erasure_asked_on = models.DateField(_("effacement demandé le"), null=True, blank=True, editable=False)
    erased_on = models.DateField(_("effacé le"), null=True, blank=True, editable=False)
    # [first name, last name], oldest first: known until the end of the account, so that it takes them away too.
    former_names = models.JSONField(_("noms portés avant"), default=list, blank=True, editable=False)
    # Oldest first, for the same reason.
    former_addresses = models.JSONField(_("adresses d’avant"), default=list, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    objects = UserManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["last_name", "first_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case")]

    def __str__(self) -> str:
        return self.get_full_name() or str(_("Compte sans nom"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if self.pk and not self.erased_on and (fields is None or REMEMBERED & set(fields)) and self._remembers():
            kwargs |= {} if fields is None else {"update_fields": {*fields, "former_names", "former_addresses"}}
        super().save(*args, **kwargs)

    def _remembers(self) -> bool:
        """Note the names and the address stored until now when they are about to change; whether they are."""
        stored = User.objects.filter(pk=self.pk).values_list("first_name", "last_name", "email").first()
        if stored is None or stored == (self.first_name, self.last_name, self.email):
            return False
        *names, address = stored
        if any(names) and names != [self.first_name, self.last_name]:
            self.former_names = [former for former in self.former_names if former != names] + [names]
        if address != self.email:
            self.former_addresses = [former for former in self.former_addresses if former != address] + [address]
        return True

    @property
    def is_approved(self) -> bool:
        """Whether this account has the rights of a member."""
        return self.is_active and (self.is_superuser or self.status == self.Status.APPROVED)

    @property
    def may_prepare(self) -> bool:
        """Whether this account may prepare what leaves once it is approved, and keep what helps it: members, and those who
        wait to be."""
        return self.is_approved or (self.is_active and self.status == self.Status.PENDING)

    @property
    def public_name(self) -> str:
        """First name and initial: what is shown beside words that anyone can read."""
        return f"{self.first_name} {self.last_name[:1]}.".strip() if self.last_name else self.first_name

    @property
    def comes_from_institution(self) -> bool:
        """Whether this person comes from an institution (see from_institutions)."""
        return self.role == Role.PARTENAIRE or self.groups.filter(name=PARTNERS).exists()

    def may_decide_accounts(self) -> bool:
        """Whether this person approves accounts."""
        return User.objects.coordinators().filter(pk=self.pk).exists()

    def decide(self, status: "User.Status", *, by: "User") -> None:
        """Record a coordinator's decision on this account (not saved)."""
        self.status, self.decided_by, self.decided_at = status, by, timezone.now()


def full_name_in_sql(of: str = "") -> Trim:
    """Return what User.get_full_name() says, for a query; `of`: the relation that leads to the account."""
    first, last = (f"{of}__{name}" if of else name for name in ("first_name", "last_name"))
    return Trim(Concat(first, Value(" "), last))


def public_name_in_sql(of: str = "") -> Case:
    """Return what User.public_name says, for a query; NULL where there is no account. `of`: see full_name_in_sql."""
    first, last = (f"{of}__{name}" if of else name for name in ("first_name", "last_name"))
    initial = Trim(Concat(first, Value(" "), Left(last, 1), Value(".")))
    return Case(When(**{f"{last}__gt": ""}, then=initial), default=F(first), output_field=CharField())


class AddressChange(models.Model):
    """Another address for an account, asked for by an administrator; its owner keeps theirs until then (services/addresses.py)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="address_change")
    email = models.EmailField(_("nouvelle adresse e-mail"))
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("changement d’adresse")
        verbose_name_plural = _("changements d’adresse")

    def __str__(self) -> str:
        return f"{self.user_id} {self.due_at:%Y-%m-%d}"


class Invitation(models.Model):
    """A structure's referent invites a colleague by e-mail: the account needs no coordinator's decision."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse e-mail"))
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="invitations_sent")
    created_at = models.DateTimeField(auto_now_add=True)
    account = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="invitations_accepted")
    accepted_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(Lower("email"), "structure", name="one_invitation_per_address")]

    def __str__(self) -> str:
        return f"{self.structure_id} {self.pk}"
