"""Campaigns and their answers. An answer has no name, no text, no hour, no address: digits, a day, a digest."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import Structure, User
from kb_site.accounts.principals import MEMBERS, principals_of

from .access_codes import new_access_code


class Target(models.TextChoices):
    PEOPLE = "public", _("les personnes accompagnées")
    TEAM = "equipe", _("l’équipe")


class Mode(models.TextChoices):
    INTERVIEW = "entretien", _("en entretien")
    SELF_SERVICE = "autonome", _("en autonomie")
    PAPER = "papier", _("sur papier")


class CampaignQuerySet(models.QuerySet["DiagnosticCampaign"]):
    def visible_to(self, user: Any) -> "CampaignQuerySet":
        """Campaigns of one's structure, or of a group whose key one holds: who opened one and left reads it no more."""
        held = principals_of(user)
        if MEMBERS not in held:
            return self.none()
        mine = Q(principal__in=held - {MEMBERS, "public"}) & ~Q(principal="")
        if user.structure_id:
            mine |= Q(structure=user.structure_id)
        return self.filter(mine)

    def open(self) -> "CampaignQuerySet":
        """Campaigns that still take answers."""
        return self.filter(closed_on=None)


class DiagnosticCampaign(models.Model):
    """One round of the diagnostic, of a structure or of an exchange group (`principal`: the key of its members)."""

    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="diagnostics",
    )
    principal = models.CharField(max_length=40, blank=True, db_index=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    place = models.CharField(_("équipe ou lieu"), max_length=40, blank=True)
    opened_on = models.DateField(_("ouvert le"), default=timezone.localdate)
    closed_on = models.DateField(_("clos le"), null=True, blank=True, db_index=True)
    access_code = models.CharField(max_length=8, unique=True, default=new_access_code, editable=False)
    self_service = models.BooleanField(_("réponses en autonomie"), default=False)
    sheets = models.PositiveSmallIntegerField(_("feuilles imprimées"), default=0)
    # How many own codes were given: the codes themselves are reckoned (access_codes.py), so that nothing tells which served.
    codes = models.PositiveSmallIntegerField(_("codes donnés"), default=0, editable=False)
    purged_on = models.DateField(_("réponses effacées le"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagnostic")
        verbose_name_plural = _("diagnostics")
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.place or str(self.structure or _("Groupe d’échanges"))

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def is_visible_to(self, user: Any) -> bool:
        """Whether this person may see the result and collect answers: the same people do both."""
        return isinstance(user, User) and DiagnosticCampaign.objects.visible_to(user).filter(pk=self.pk).exists()


class PreparedCampaign(models.Model):
    """The diagnostic that somebody whose account waits has ready: it opens for their structure once they are approved."""

    author = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(_("équipe ou lieu"), max_length=40, blank=True)
    self_service = models.BooleanField(_("réponses en autonomie"), default=False)

    class Meta:
        verbose_name = _("diagnostic préparé")
        verbose_name_plural = _("diagnostics préparés")

    def __str__(self) -> str:
        return self.place or str(self.author)


class Release(models.Model):
    """Answers of a campaign counted together, by whole fives. `counts` stays when the answers are erased.

    counts holds what may be told (kb_site/disclosure.py) of the whole campaign up to this release, never a count:
    {"questions": {question: {"known": band, digit or higher: band}}, "conditions": {slug: {"met": band, …}},
    "cards": {card id: verdict}, "team": …}.
    """

    campaign = models.ForeignKey(DiagnosticCampaign, on_delete=models.CASCADE, related_name="releases")
    released_on = models.DateField(default=timezone.localdate)
    answers = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(answers__gte=5), name="release_of_five_answers_at_least")]

    def __str__(self) -> str:
        return f"{self.campaign_id} : {self.total}"


class DiagnosticAnswer(models.Model):
    """The digits of one person, or of the team. The key is drawn at random so that the order of arrival is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(DiagnosticCampaign, on_delete=models.CASCADE, related_name="answers")
    target = models.CharField(max_length=6, choices=Target)
    mode = models.CharField(max_length=9, choices=Mode)
    token_digest = models.CharField(max_length=64)
    values = models.JSONField()
    release = models.ForeignKey(Release, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "token_digest"], name="one_answer_a_token"),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(target=Target.TEAM), name="one_team_sheet_a_campaign"
            ),
        ]
        indexes = [models.Index(fields=["campaign", "target", "release"], name="answer_waiting")]

    def __str__(self) -> str:
        return f"{self.campaign_id} : {self.target}"
