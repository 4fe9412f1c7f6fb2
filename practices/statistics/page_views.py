"""Count the readings of pages without slowing them nor knowing who reads.

Each web process adds up paths in memory, and writes them in one statement once a minute, after an answer has left. A
process that is killed loses at most a minute of counts: a price accepted for statistics. What tells machines from
people (the name a browser gives itself) is looked at and forgotten; so is the address of the page before, of which one
thing alone is kept: whether it was this site's search.
"""

import contextlib
import datetime
import re
import threading
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Site

from kb_site.accounts.principals import group_principal, held_among
from kb_site.http import is_copy

COUNTED = re.compile(r"^/(?:pratiques/[\w-]+|outils|ressources)/[\w-]+/$")
MACHINE = re.compile(
    r"bot|facebook|crawl|spider|slurp|preview|fetch|monitor|scan|headless|python|curl|wget|http|java/|go-|libwww|validator|feed|liens",
    re.IGNORECASE,
)
OK = 200
EDITORS_FOR = 300.0  # seconds during which the groups of editors are not asked again
INSERT = """
    INSERT INTO practice_statistics_dailyviews (page_id, day, views, from_search)
    SELECT page.id, counted.day, counted.views, counted.from_search
    FROM unnest(%s::text[], %s::date[], %s::int[], %s::int[]) AS counted (url_path, day, views, from_search)
    JOIN wagtailcore_page AS page ON page.url_path = counted.url_path AND page.live
    ON CONFLICT (page_id, day)
    DO UPDATE SET views = practice_statistics_dailyviews.views + EXCLUDED.views,
                  from_search = practice_statistics_dailyviews.from_search + EXCLUDED.from_search
"""

_lock = threading.Lock()
_counts: Counter[tuple[str, datetime.date]] = Counter()
_from_search: Counter[tuple[str, datetime.date]] = Counter()
_flushed_at = time.monotonic()
_editors: tuple[float, frozenset[str]] = (float("-inf"), frozenset())


def count_view(request: HttpRequest, response: HttpResponseBase) -> None:
    """Add one to a page if a person who is not one of its editors has just read it."""
    if request.method != "GET" or response.status_code != OK or not COUNTED.match(request.path):
        return
    if (
        is_copy(request)
        or request.headers.get("Sec-Purpose")
        or MACHINE.search(request.headers.get("User-Agent", "bot"))
    ):
        return
    if _is_editor(getattr(request, "user", None)):
        return
    key = request.path, timezone.localdate()
    with _lock:
        _counts[key] += 1
        _from_search[key] += _comes_from_search(request)


def _comes_from_search(request: HttpRequest) -> bool:
    """Whether the reader followed a result of this site's search: the browser says so to the same site only."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # not an address
        return False
    return before.path == reverse("search") and before.netloc == request.get_host()


def _is_editor(user: Any) -> bool:
    """Whether this person edits pages; costs nothing for visitors, one query every five minutes for the others."""
    global _editors  # noqa: PLW0603
    if user is None or not user.is_authenticated:
        return False
    asked_at, principals = _editors
    if time.monotonic() - asked_at > EDITORS_FOR:
        groups = GroupPagePermission.objects.values_list("group_id", flat=True).distinct()
        principals = frozenset(map(group_principal, groups))
        _editors = (time.monotonic(), principals)
    return bool(user.is_superuser or held_among(user, principals))


def flush_if_due(**kwargs: Any) -> None:
    """Write the counts when the last writing is old enough; a receiver of `request_finished`."""
    if _counts and time.monotonic() - _flushed_at >= settings.VIEWS_FLUSH_SECONDS:
        flush_quietly()


def flush_quietly() -> None:
    """Write the counts; a database that does not answer is asked again later, and no page fails for it."""
    with contextlib.suppress(DatabaseError):
        flush()


def flush() -> None:
    """Write the counts in one statement; what could not be written is kept for the next time."""
    global _flushed_at  # noqa: PLW0603
    with _lock:
        counts, from_search, _flushed_at = Counter(_counts), Counter(_from_search), time.monotonic()
        _counts.clear()
        _from_search.clear()
    if not counts:
        return
    try:
        root = Site.get_site_root_paths()[0].root_path
        paths, days = zip(*counts, strict=True)
        figures = [list(counts.values()), [from_search[key] for key in counts]]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [[root + path.lstrip("/") for path in paths], list(days), *figures])
    except (DatabaseError, IndexError):
        with _lock:
            _counts.update(counts)
            _from_search.update(from_search)
        raise
