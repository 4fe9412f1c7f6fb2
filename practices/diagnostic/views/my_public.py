"""« Faisable avec mon public » : what one's people do not have, ticked or taken from the last diagnostic.

The filter itself is an address (`?manque=…`): it can be shared, and works without script. The ticks stay on the device.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ...models import Condition
from ..result import lacking_conditions, latest_counted

# Six questions that most often decide, in the order they are asked.
TICKS = ("smartphone", "forfait-data", "lieu-calme", "rejoindre-visio", "lecture-francais", "ordinateur")
LONGEST_TEXT = 200


@require_safe
def my_public(request: HttpRequest) -> HttpResponse:
    """Tick what is missing, or start from the last diagnostic of one's structure; ?q= carries the words searched."""
    text = request.GET.get("q", "")[:LONGEST_TEXT]
    found = Condition.objects.filter(slug__in=TICKS)
    release = latest_counted(request.user)
    lacking = lacking_conditions(release) if release else []
    words = [("q", text)] if text else []
    asked = urlencode([*words, *(("manque", slug) for slug in lacking)])
    context = {
        "text": text,
        "ticks": sorted(found, key=lambda condition: TICKS.index(condition.slug)),
        "chosen": set(request.GET.getlist("manque")),
        "campaign": release.campaign if release else None,
        "lacking": Condition.objects.filter(slug__in=lacking) if lacking else [],
        "campaign_url": f"{reverse('search' if text else 'practice_list')}?{asked}" if lacking else "",
    }
    return render(request, "practices/diagnostic/my_public.html", context)
