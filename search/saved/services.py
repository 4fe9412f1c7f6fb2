"""Keep a search, and tell what is new in it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from ..editor_rules import read_editor_rules
from ..entries import visible_keys
from ..meaning.understanding import with_meaning
from ..models import SearchEntry
from ..queries import SearchQuery
from ..query_parsing import read_query
from ..synonyms import with_synonyms
from .matching import answers, words_of_entry
from .models import Alert, SavedSearch

MOST_SAVED = 30
MOST_NEW = 500  # entries published in one window that are looked at, the newest first
HOUR_OF_MAILS = 7  # Paris
# An entry is dated when its transaction begins to publish it: leave the slowest one time to commit.
SETTLED = datetime.timedelta(minutes=2)


class TooManySavedSearches(Exception):
    """The person keeps as many searches as one can read."""

    message = _("Vous avez déjà 30 recherches enregistrées. Supprimez-en une, puis recommencez.")


@transaction.atomic
def save_search(*, user: User, name: str, query: SearchQuery, frequency: SavedSearch.Frequency | str) -> SavedSearch:
    """Keep a search and return it; the same search again changes its name and frequency. Raises TooManySavedSearches."""
    User.objects.select_for_update().get(pk=user.pk)
    address = query.address().removeprefix("?")
    kept = SavedSearch.objects.filter(user=user)
    if not kept.filter(query=address).exists() and kept.count() >= MOST_SAVED:
        raise TooManySavedSearches
    saved, _created = SavedSearch.objects.update_or_create(
        user=user, query=address, defaults={"name": name, "frequency": frequency}
    )
    return saved


def change_saved_search(*, saved: SavedSearch, name: str, frequency: SavedSearch.Frequency | str) -> None:
    """Rename a saved search and change how often it is told; what came while it told nothing is not told later."""
    silent = saved.frequency == SavedSearch.Frequency.NEVER
    saved.name, saved.frequency = name, SavedSearch.Frequency(frequency)
    if silent:
        saved.told_until = timezone.now()
    saved.save()


def stop_alerts(*, person: int, saved: int | None = None) -> None:
    """Send no more mail for one saved search of a person, or for all; they stay in the account. Twice is harmless."""
    kept = SavedSearch.objects.filter(user=person)
    if saved is not None:
        kept = kept.filter(pk=saved)
    kept.update(frequency=SavedSearch.Frequency.NEVER)


def new_entries(since: datetime.datetime, until: datetime.datetime) -> list[SearchEntry]:
    """Return what was published after `since` and not after `until`, the newest first."""
    window = SearchEntry.objects.filter(published_at__gt=since, published_at__lte=until)
    return list(window.order_by("-published_at", "pk")[:MOST_NEW])


def new_hits(
    saved: SavedSearch, since: datetime.datetime, until: datetime.datetime, entries: Iterable[SearchEntry] | None = None
) -> list[SearchEntry]:
    """Return what is new for a saved search between two moments, and that its owner may read now, the newest first.

    `entries` spares the query when many searches look at the same new things.
    """
    if not saved.user.is_active:
        return []
    query = saved.searched
    asked = read_query(query.text)
    if asked.words:
        rules = read_editor_rules()
        asked = with_meaning(with_synonyms(asked, rules.groups), rules.knowledge, ignored=query.ignored)
    window = new_entries(since, until) if entries is None else entries
    fresh = [entry for entry in window if since < entry.published_at <= until]
    found = [entry for entry in fresh if answers(query, asked, entry, words_of_entry(entry))]
    allowed = visible_keys([entry.key for entry in found], saved.user) if found else set()
    return [entry for entry in found if entry.key in allowed]


def due_searches(now: datetime.datetime) -> list[SavedSearch]:
    """Return the saved searches whose time has come, a late worker included: nothing is skipped, nothing told twice."""
    local = timezone.localtime(now)
    today = local.replace(hour=HOUR_OF_MAILS, minute=0, second=0, microsecond=0)
    last_day = today if local >= today else today - datetime.timedelta(days=1)
    monday = last_day - datetime.timedelta(days=last_day.weekday())
    by_frequency = {
        SavedSearch.Frequency.AT_ONCE: now,
        SavedSearch.Frequency.DAILY: last_day,
        SavedSearch.Frequency.WEEKLY: monday,
    }
    due: list[SavedSearch] = []
    for frequency, before in by_frequency.items():
        rows = SavedSearch.objects.filter(frequency=frequency, told_until__lt=before, user__is_active=True)
        due += rows.select_related("user").order_by("user", "pk")
    return due


def tell_what_is_new(now: datetime.datetime) -> int:
    """Queue one mail per person whose due searches have something new; return how many were queued."""
    until = now - SETTLED
    due = [saved for saved in due_searches(now) if saved.told_until < until]
    if not due:
        return 0
    entries = new_entries(min(saved.told_until for saved in due), until)
    if not entries:  # most of the time
        SavedSearch.objects.filter(pk__in=[saved.pk for saved in due]).update(told_until=until)
        return 0
    by_person: dict[int, list[int]] = defaultdict(list)
    for saved in due:
        by_person[saved.user_id].append(saved.pk)
    return sum(_tell_person(ids, entries, until) for ids in by_person.values())


@transaction.atomic
def _tell_person(ids: list[int], entries: list[SearchEntry], until: datetime.datetime) -> bool:
    locked = SavedSearch.objects.select_for_update(of=("self",)).select_related("user")
    windows = {}
    searches = [saved for saved in locked.filter(pk__in=ids) if saved.told_until < until]
    for saved in searches:
        if new_hits(saved, saved.told_until, until, entries):
            windows[str(saved.pk)] = [saved.told_until.isoformat(), until.isoformat()]
    SavedSearch.objects.filter(pk__in=[saved.pk for saved in searches]).update(told_until=until)
    if not windows:
        return False
    alert = Alert.objects.create(user=searches[0].user, windows=windows)
    defer_mail("saved_search_alert", to=alert.user, alert=alert.pk)
    return True
