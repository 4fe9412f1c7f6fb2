"""The agenda: items proposed beforehand and voted, then kept, ordered and given minutes."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import Topic
from ..choices import ItemState, ItemType
from .sessions import Session

VOTES_EACH = 3
# Kept ones first, as they will be talked of. To be asked for in a query that counts: Django leaves Meta.ordering aside there.
AGENDA_ORDER = (models.F("order").asc(nulls_last=True), "proposed_at", "pk")


class AgendaItem(models.Model):
    """Something to talk of: proposed by a member or drawn from a topic; on the agenda once it has an order."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(_("titre"), max_length=120)
    detail = models.TextField(_("en quelques mots"), max_length=1000, blank=True)
    type = models.CharField(_("type"), max_length=12, choices=ItemType, default=ItemType.DISCUSSION)
    topic = models.ForeignKey(
        Topic, verbose_name=_("sujet"), on_delete=models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )
    order = models.PositiveSmallIntegerField(_("ordre"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    bearer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("porteur"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )
    proposed_at = models.DateTimeField(_("proposé le"), default=timezone.now)
    postponed_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("état"), max_length=10, choices=ItemState, default=ItemState.TO_DISCUSS)

    class Meta:
        verbose_name = _("point à l’ordre du jour")
        verbose_name_plural = _("points à l’ordre du jour")
        ordering = list(AGENDA_ORDER)

    def __str__(self) -> str:
        return self.title


class ItemVote(models.Model):
    """One of the three votes of a person, on an item they want to talk of."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="item_votes")

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="one_vote_per_person_and_item")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.item_id}"
