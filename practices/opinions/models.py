"""What readers say of a page. Nobody is named: neither who says it nor from where is stored."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..models import OrientationPage, PracticePage, ToolPage
from ..permissions import pages_to_publish

LONGEST = 300  # characters: one sentence

# The kinds of pages that have an owner and a backup.
OWNED = (PracticePage, ToolPage, OrientationPage)


class Kind(models.TextChoices):
    """What a reader says in words."""

    ERROR = "erreur", _("Il y a une erreur")
    NOT_FOUND = "pas-trouve", _("Je n’ai pas trouvé")


class State(models.TextChoices):
    """What became of it."""

    OPEN = "open", _("à lire")
    RESOLVED = "resolved", _("résolu")
    ANSWERED = "answered", _("répondu")


def _in_charge(user: Any) -> Q:
    """Return the condition that the page has this person for owner or backup."""
    charge = Q()
    for model in OWNED:
        held = model.objects.filter(Q(card_owner=user.pk) | Q(backup_owner=user.pk))
        charge |= Q(page__in=held.order_by().values("pk"))
    return charge


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def in_charge_of(self, user: Any) -> "OpinionQuerySet":
        """What waits of the pages that this person owns or backs up, the oldest first."""
        return self.filter(_in_charge(user), state=State.OPEN).order_by("created_at", "pk")

    def readable_by(self, user: Any) -> "OpinionQuerySet":
        """What this person may read and decide: of the pages that they own, back up or publish. Nobody else reads it."""
        if not (user.is_authenticated and user.is_approved):
            return self.none()
        return self.filter(_in_charge(user) | Q(page__in=pages_to_publish(user).order_by().values("pk")))


class Opinion(models.Model):
    """A sentence about a page, for those who keep it. Its answer is public, when there is one; its words never are."""

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("avis"), max_length=10, choices=Kind)
    words = models.CharField(_("en une phrase"), max_length=LONGEST)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.OPEN)
    answer = models.CharField(_("réponse publique"), max_length=LONGEST, blank=True)
    created_at = models.DateTimeField(_("reçu le"), auto_now_add=True, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("traité par"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("traité le"), null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("avis de lecteur")
        verbose_name_plural = _("avis de lecteurs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["page", "state"], name="opinion_of_page")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.words}"


class Helped(models.Model):
    """How many times a page helped on a day: a count, nothing of who says so."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("page", "day", name="one_count_of_help_a_page_and_day")]
        indexes = [models.Index(fields=["day"], name="helped_day")]

    def __str__(self) -> str:
        return f"{self.page_id} × {self.times}"
