"""What a structure tells after trying a card. Nobody is named on a screen: neither the author nor the structure."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.choices import Role, SiaeType
from kb_site.accounts.models import Structure
from kb_site.accounts.principals import MEMBERS, principals_of

from ..choices import Visibility
from ..models import Condition, PracticePage

TEXT_MAX_LENGTH = 800


class Outcome(models.TextChoices):
    """How it went."""

    REUSSI = "reussi", _("Réussi")
    REUSSI_ADAPTE = "reussi_adapte", _("Réussi en adaptant")
    MITIGE = "mitige", _("Mitigé")
    ABANDONNE = "abandonne", _("Abandonné")


SUCCESSES = frozenset({Outcome.REUSSI, Outcome.REUSSI_ADAPTE})


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def visible_to(self, user: Any) -> "ExperienceQuerySet":
        """Experiences that this person may read, on cards open to them; never a removed one."""
        cards = PracticePage.objects.visible_to(user).values("pk")
        found = self.filter(removed=False, practice__in=cards)
        return found if MEMBERS in principals_of(user) else found.filter(visibility=Visibility.PUBLIC)

    def of_card(self, card: PracticePage, user: Any) -> "ExperienceQuerySet":
        """The same for one card that this person is reading already (no second look at the card's own rights)."""
        found = self.filter(removed=False, practice=card)
        return found if MEMBERS in principals_of(user) else found.filter(visibility=Visibility.PUBLIC)


class Experience(models.Model):
    """Retour d’expérience. Type of structure and job are copied: the account may move or be erased later."""

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="experiences"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="experiences",
    )
    structure = models.ForeignKey(
        Structure, verbose_name=_("structure"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    siae_type = models.CharField(_("type de structure"), max_length=10, choices=SiaeType, blank=True)
    role = models.CharField(_("métier"), max_length=20, choices=Role, blank=True)
    outcome = models.CharField(_("issue"), max_length=13, choices=Outcome)
    tried_on = models.DateField(_("essayé le"))
    group_size = models.PositiveSmallIntegerField(_("nombre de personnes"), null=True, blank=True)
    worked = models.TextField(_("ce qui a marché"), max_length=TEXT_MAX_LENGTH, blank=True)
    stuck = models.TextField(_("ce qui a coincé"), max_length=TEXT_MAX_LENGTH, blank=True)
    adaptation = models.TextField(_("adaptation"), max_length=TEXT_MAX_LENGTH, blank=True)
    missing_conditions = models.ManyToManyField(
        Condition, verbose_name=_("conditions manquantes"), blank=True, related_name="+"
    )
    data_mb = models.PositiveIntegerField(_("data constatée (Mo par personne)"), null=True, blank=True)
    would_recommend = models.BooleanField(_("recommanderait"), null=True, blank=True)
    visibility = models.CharField(_("visibilité"), max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    removed = models.BooleanField(_("retiré"), default=False)
    submission_key = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField(_("raconté le"), auto_now_add=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("retour d’expérience")
        verbose_name_plural = _("retours d’expérience")
        ordering = ["-tried_on", "-pk"]
        indexes = [models.Index(fields=["practice", "-tried_on"], name="experience_of_card")]

    def __str__(self) -> str:
        return f"{self.practice} : {self.get_outcome_display()}"

    def may_be_removed_by(self, user: Any) -> bool:
        """Its author may withdraw it at any time; so may whoever publishes the card."""
        if not user.is_authenticated or self.removed:
            return False
        return self.author_id == user.pk or self.practice.permissions_for_user(user).answers_for()
