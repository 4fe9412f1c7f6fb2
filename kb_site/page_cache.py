"""Public pages kept whole for visitors, and forgotten as soon as anything that a page may show is written.

Only what everyone gets alike is kept: no cookie in the request, none in the answer, no parameter in the address. The
database says when to forget: every write but those of NEVER_SHOWN changes the version in the keys, once it commits, so
that a change by queryset.update(), by the worker or by a command counts too.
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

KEPT = re.compile(r"^/(?:(?:pratiques|outils|ressources)/[\w/-]*)?$")
# Dates on pages change at midnight, and a write made by hand in the database is not seen: neither waits longer.
SECONDS = 300
VERSION = "version"  # settings.CACHES names it too: it is doubted after a failure

WRITE = re.compile(r'\s*(?:WITH\b.*?)?\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|COPY)\s+"?(\w+)', re.DOTALL)
FIRST_LETTERS = frozenset("IUDTCW")
NEVER_SHOWN = re.compile(
    r"django_session|procrastinate_|practice_statistics_|notifications_|usersessions_|saved_searches_|search_gaps_"
    r"|search_indexing_|diagnostic_|live_|account_|mfa_|wagtailsearch_|exchange_groups_topicvisit|exchange_sessions_note"
)
# A note or a vote taken while a session is held (exchange_groups/live) changes no page that a visitor gets.
LIVE_CHANGE = 'UPDATE "exchange_sessions_session" SET "live_version" = ("exchange_sessions_session"."live_version" + '


def forget_pages() -> None:
    """Keep no page of before: the next visitor gets it anew."""
    caches["pages"].delete(VERSION)  # a disk that is full takes no other version, but lets go of this one


def notice_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Forget the pages when a statement that may change one commits (an execute wrapper of the database)."""
    result = execute(sql, params, many, context)
    statement = sql if isinstance(sql, str) else sql.as_string()
    if statement.lstrip()[:1].upper() in FIRST_LETTERS:
        written = WRITE.match(statement)
        if written and not NEVER_SHOWN.match(written[1]) and not statement.startswith(LIVE_CHANGE):
            _forget_once_committed(context["connection"])
    return result


def _forget_once_committed(connection: Any) -> None:
    waiting = connection.run_on_commit
    if not (connection.in_atomic_block and waiting and waiting[-1][1] is forget_pages):
        transaction.on_commit(forget_pages, using=connection.alias)


class PageCacheMiddleware:
    """Answers visitors from the pages kept; stands outside whatever makes or compresses an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_alike_for_all(request):
            return self.get_response(request)
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        kept = caches["pages"].get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if response.status_code == 200 and isinstance(response, HttpResponse) and not response.cookies:  # noqa: PLR2004
            caches["pages"].set(key, (response.content, dict(response.items())), timeout=SECONDS)
        return response

    @staticmethod
    def _is_alike_for_all(request: HttpRequest) -> bool:
        asked = request.META
        return request.method == "GET" and not (
            asked.get("HTTP_COOKIE") or asked.get("QUERY_STRING") or not KEPT.match(request.path_info)
        )

    @staticmethod
    def _key(request: HttpRequest) -> str | None:
        """Return the key of this page; None when no page can be kept, since none could be forgotten."""
        version = caches["pages"].get(VERSION)
        if version is None:
            caches["pages"].add(VERSION, uuid.uuid4().hex, timeout=None)
            version = caches["pages"].get(VERSION)  # another process may have been first
        if version is None:
            return None
        compressed = "gzip" in request.headers.get("Accept-Encoding", "")
        return f"{version}:{request.scheme}:{request.META.get('HTTP_HOST', '')}:{request.path_info}:{compressed:d}"
