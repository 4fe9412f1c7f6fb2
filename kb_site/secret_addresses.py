"""Addresses that open something to whoever holds them, without signing in: links of mails, private calendars, codes.

A part of an address that opens something is declared where the address is: `<secret:token>` or `<secret_uuid:key>` in a
urls.py. Whatever must know of them reads the URLconf: answers are kept by no cache (middleware/private_answers.py), logs
write « … » in their place (logging_filters.py).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_resolver
from django.urls.converters import StringConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

SECRET = "<secret"  # noqa: S105 - how such a part begins in a route
PART = re.compile("<[^>]+>")
# In a log, an address may stand inside another one (?next=), its slashes encoded.
SLASH = "(?:/|%2[Ff])"
ANYTHING = r"""[^/\s?&#"']+"""


class SecretConverter(StringConverter):
    """A part of an address that opens something: a signed or a random one."""


class SecretUUIDConverter(UUIDConverter):
    """The same, drawn as a UUID."""


CONVERTERS: dict[str, type[StringConverter | UUIDConverter]] = {
    "secret": SecretConverter,
    "secret_uuid": SecretUUIDConverter,
}


def is_secret(request: HttpRequest) -> bool:
    """Whether the address of this request opens something by itself."""
    match = request.resolver_match
    return match is not None and SECRET in (match.route or "")


def routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the whole route of each address of the site, with its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(pattern.pattern, RoutePattern):
            continue
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern


def secret_routes() -> list[str]:
    """Return the routes of the addresses that open something."""
    return [route for route, _pattern in routes() if SECRET in route]


@cache
def _expressions() -> list["re.Pattern[str]"]:
    others = [route for route, _pattern in routes() if SECRET not in route]
    return [re.compile(_expression(route, others)) for route in secret_routes()]


def _expression(route: str, others: list[str]) -> str:
    """Return what finds such an address: what stands before the secret is the group « before »."""
    start, _secret, end = route.partition(SECRET)
    own = SecretUUIDConverter.regex if end.startswith("_uuid") else ANYTHING
    before = ANYTHING.join(re.escape(text).replace("/", SLASH) for text in PART.split(start))
    # A word that stands there in other addresses is no secret.
    words = {other[len(start) :].partition("/")[0] for other in others if other.startswith(start)}
    known = "".join(f"(?!{re.escape(word)}{SLASH})" for word in sorted(words) if word and "<" not in word)
    return f"(?P<before>{SLASH}{before}){known}{own}"


def without_secrets(text: str) -> str:
    """Return a text with « … » in the place of what opens something."""
    for expression in _expressions():
        text = expression.sub(r"\g<before>…", text)
    return text
