"""The sitemap: every kind of page that one shares (kb_site/sharing/kinds.py), and the lists that lead to them."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kb_site.sharing.kinds import ShareKind, kinds

LISTS = (
    "practice_list",
    "tool_list",
    "tool_compare",
    "resource_list",
    "orientation_list",
    "search",
    "group_list",
    "session_list",
    "public_minutes_list",
    "data_and_confidentiality",
    "data_calculator",
    "what_is_kept",
    "legal_notice",
    "personal_data",
    "accessibility",
    "accessibility_plan",
    "frugality",
    "help_home",
    "open_data",
    "fact_list",
)


class ServedHere(Sitemap[Any]):
    """Abstract: its addresses start where the site is served, whatever Wagtail and Django stored of it."""

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.partition("://")[2]

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]


class SharedPages(ServedHere):
    """What a visitor reads of one kind."""

    def __init__(self, kind: ShareKind) -> None:
        self.kind = kind

    def items(self) -> Any:
        return self.kind.public()

    def location(self, thing: Any) -> str:
        return self.kind.path(thing)

    def lastmod(self, thing: Any) -> datetime.datetime | None:
        return self.kind.changed_at(thing)


class Lists(ServedHere):
    def items(self) -> list[str]:
        return [reverse(name) for name in LISTS]

    def location(self, path: str) -> str:
        return path


@require_safe
def sitemap_of_site(request: HttpRequest) -> HttpResponse:
    """Answer with the addresses of all that a visitor reads."""
    sitemaps: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {kind.name: SharedPages(kind) for kind in kinds()}
    return sitemap(request, sitemaps | {"listes": Lists()})
