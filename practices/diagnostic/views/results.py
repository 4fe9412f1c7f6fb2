"""The result of a diagnostic, and why a card is feasible or not."""

from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest
from kb_site.disclosure import FEWEST_PEOPLE

from ...models import PracticePage
from ..result import ROW_HEIGHT, Standing, explain, lacking_conditions, latest_release, result_of
from ..rules import rule_in_words
from .campaigns import campaign_or_404

TITLES = {
    Standing.FEASIBLE: _("Faisables"),
    Standing.FALLBACK: _("Faisables par téléphone ou avec le repli"),
    Standing.ADAPT: _("À adapter"),
    Standing.TO_CHECK: _("À vérifier : le diagnostic ne suffit pas"),
    Standing.NO: _("Pas faisables pour le moment"),
}


@require_safe
@approved_account_required
def result(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Profile, cards by verdict, three first actions."""
    campaign = campaign_or_404(request, pk)
    found = result_of(campaign, request.user)
    if found is None:
        return render(request, "practices/diagnostic/no_result.html", {"campaign": campaign})
    lacking = lacking_conditions(found.release)
    context = {
        "result": found,
        "campaign": campaign,
        "fewest": FEWEST_PEOPLE,
        "groups": [(TITLES[group.standing], group, group.total - len(group.cards)) for group in found.groups],
        "height": len(found.lines) * ROW_HEIGHT,
        # By code, how many wait is not told (services.Collected).
        "waiting": found.waiting if campaign.is_open and not campaign.codes else 0,
        "left_out": 0 if campaign.is_open or campaign.codes else found.waiting,
        "feasible_cards": "?" + urlencode([("manque", slug) for slug in lacking]) if lacking else "",
    }
    return render(request, "practices/diagnostic/result.html", context)


@require_safe
@approved_account_required
def card_explained(request: MemberRequest, pk: int, card_id: int) -> HttpResponseBase:
    """Why this card is feasible, or what it misses."""
    campaign = campaign_or_404(request, pk)
    card = get_object_or_404(PracticePage.objects.visible_to(request.user), pk=card_id)
    release = latest_release(campaign)
    if release is None:
        return render(request, "practices/diagnostic/no_result.html", {"campaign": campaign})
    verdict, conditions = explain(release, card)
    context = {
        "campaign": campaign,
        "card": card,
        "one": verdict,
        "conditions": [(one, rule_in_words(one.condition)) for one in conditions],
    }
    return render(request, "practices/diagnostic/card_explained.html", context)
