"""The mail that tells what is new in saved searches."""

import datetime

from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail

from .models import Alert, SavedSearch
from .services import new_hits
from .unsubscribe import ALL, stop_url_of

MOST_SHOWN = 10  # for each search


def saved_search_alert(*, to: User, alert: int) -> Mail | None:
    """To a person, when something new answers one of their saved searches: one mail for all those that are due."""
    told = Alert.objects.filter(pk=alert, user=to).first()
    if told is None:
        return None
    kept = SavedSearch.objects.filter(pk__in=told.windows, user=to).exclude(frequency=SavedSearch.Frequency.NEVER)
    sections, seen = [], set()
    for saved in kept.select_related("user"):
        since, until = map(datetime.datetime.fromisoformat, told.windows[str(saved.pk)])
        hits = new_hits(saved, since, until)
        if hits:
            more = len(hits) - MOST_SHOWN
            sections.append({"saved": saved, "hits": hits[:MOST_SHOWN], "more": more, "stop_url": stop_url_of(saved)})
            seen |= {hit.key for hit in hits}
    if not sections:
        return None
    return Mail("saved_search_alert", {"sections": sections, "count": len(seen)}, stop=ALL)
