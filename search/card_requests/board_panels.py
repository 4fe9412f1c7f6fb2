"""What the board shows of the cards that people ask for."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practices.board.panels import Found, Panel, Row, Scope, register

from .models import CardRequest


def _asked(scope: Scope, limit: int) -> Found:
    """Requests belong to no network: they are for every editor, and leave the board when one network is chosen."""
    if scope.section:
        return Found(0)
    asked = CardRequest.objects.filter(state=CardRequest.State.OPEN).annotate(count=Count("supports"))

    def row(one: CardRequest) -> Row:
        count = one.count  # type: ignore[attr-defined]
        facts = ngettext("%(count)s personne la demande", "%(count)s personnes la demandent", count) % {"count": count}
        return Row(one.need, _("Répondre"), reverse("fiches-demandees:edit", args=[one.pk]), facts)

    return scope.found(asked.order_by("-count", "asked_at"), limit, row)


register(Panel("demandes", gettext_lazy("Fiches demandées"), _asked, 75))
