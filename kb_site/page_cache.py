"""Public pages kept whole for visitors, and forgotten as soon as anything that a page may show is written.

Only what everyone gets alike is kept: no cookie in the request, none in the answer, no parameter in the address. The
database says when to forget: every write changes the version in the keys, once it commits, so that a change by
queryset.update(), by the worker or by a command counts too. But not a write in a table that no such page shows: each app
says in its apps.py which of its models those are, and which ones pages may show (`never_shown_to_visitors`,
`shown_to_visitors`: names of models, or "__all__"); also which counters may go up unseen (`counters_never_shown`).
"""

import re
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal

from django.apps import apps
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

KEPT = re.compile(r"^/(?:(?:pratiques|outils|ressources|orientations)/[\w/-]*)?$")
# Dates on pages change at midnight, and a write made by hand in the database is not seen: neither waits longer.
SECONDS = 300
VERSION = "version"  # settings.CACHES names it too: it is doubted after a failure

WRITE = re.compile(r'\s*(?:WITH\b.*?)?\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|COPY)\s+"?(\w+)', re.DOTALL)
FIRST_LETTERS = frozenset("IUDTCW")
# A counter that goes up, and nothing else in the row.
COUNT = re.compile(r'UPDATE "(\w+)" SET "(\w+)" = \("\1"\."\2" \+ [^ ,]+\) WHERE ')

Declaration = Literal["shown_to_visitors", "never_shown_to_visitors"]
# What the apps of others would declare, by label.
OF_OTHERS: dict[Declaration, frozenset[str]] = {
    "shown_to_visitors": frozenset(
        "auth contenttypes django_comments django_comments_xtd sites taggit wagtailcore wagtaildocs wagtailembeds"
        " wagtailimages wagtailredirects wagtailusers".split()
    ),
    "never_shown_to_visitors": frozenset(
        "account mfa procrastinate sessions socialaccount usersessions wagtailadmin wagtailsearch".split()
    ),
}


def declared_tables(declaration: Declaration) -> Iterator[str]:
    """Yield the tables that apps declare so, with those of the many-to-many fields of their models."""
    for config in apps.get_app_configs():
        names = getattr(config, declaration, "__all__" if config.label in OF_OTHERS[declaration] else ())
        for model in config.get_models() if names == "__all__" else map(config.get_model, names):
            yield model._meta.db_table
            through = [field.remote_field.through for field in model._meta.local_many_to_many]
            yield from (link._meta.db_table for link in through if link is not None and link._meta.auto_created)


@cache
def _never_shown() -> frozenset[str]:
    return frozenset(declared_tables("never_shown_to_visitors"))


@cache
def _counters() -> frozenset[tuple[str, str]]:
    """Return the tables and columns of counters that no page shows."""
    found = set()
    for config in apps.get_app_configs():
        for model, _dot, column in (name.partition(".") for name in getattr(config, "counters_never_shown", ())):
            found.add((config.get_model(model)._meta.db_table, column))
    return frozenset(found)


def forget_pages() -> None:
    """Keep no page of before: the next visitor gets it anew."""
    caches["pages"].delete(VERSION)  # a disk that is full takes no other version, but lets go of this one


def notice_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Forget the pages when a statement that may change one commits (an execute wrapper of the database)."""
    result = execute(sql, params, many, context)
    statement = sql if isinstance(sql, str) else sql.as_string()
    if statement.lstrip()[:1].upper() in FIRST_LETTERS:
        written = WRITE.match(statement)
        if written and written[1] not in _never_shown() and not _is_unseen_count(statement):
            _forget_once_committed(context["connection"])
    return result


def _is_unseen_count(statement: str) -> bool:
    counted = COUNT.match(statement)
    return counted is not None and counted.groups() in _counters()


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
