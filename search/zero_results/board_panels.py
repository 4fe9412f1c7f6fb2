"""What the board shows of searches that found nothing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb_site.french.dates import french_date
from practices.board.panels import Found, Panel, Row, Scope, register

from .models import SearchGap


def _without_result(scope: Scope, limit: int) -> Found:
    """Searches belong to no network: they are for every editor, and leave the board when one network is chosen."""
    if scope.section or not scope.user.has_perm("search_gaps.view_searchgap"):
        return Found(0)
    gaps = (
        SearchGap.objects.shown().filter(state=SearchGap.State.OPEN, without_result__gt=0).order_by("-without_result")
    )
    address = reverse("search_gap_report")

    def row(gap: SearchGap) -> Row:
        facts = _("%(count)s fois sans résultat, la dernière le %(day)s") % {
            "count": gap.without_result,
            "day": french_date(gap.last_day, "j F Y"),
        }
        return Row(f"« {gap.words} »", _("Traiter"), address, facts)

    return scope.found(gaps, limit, row)


register(Panel("recherches", gettext_lazy("Recherches sans résultat"), _without_result, 70))
