"""The Atom feed of any search or theme (RSS on request): what a visitor may read, whoever asks.

A feed reader has no session and its address is passed on: a feed never holds what needs an account.
"""

import datetime
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from kb_site.accounts.principals import principals_of
from kb_site.control_characters import without_control_characters
from kb_site.french.typography import typeset
from kb_site.identity.face import face

from .listings import described
from .models import SearchEntry
from .queries import SearchQuery
from .services import run_search

PAGES_READ = 2  # the twenty nearest entries, told in the order of their dates


def feed_path(query: SearchQuery) -> str:
    """Return the path of the feed of a search."""
    return reverse("search_feed") + replace(query, sort="").address().removesuffix("?")


@require_safe
@cache_control(public=True, max_age=300)
@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """The newest of what answers ?q=… and the same filters as the search page; ?format=rss for old readers."""
    visitor = AnonymousUser()
    query = SearchQuery.from_params(request.GET, principals=principals_of(visitor))
    entries = _entries(replace(query, sort="" if query.text else "recent"), visitor)
    kind = Rss201rev2Feed if request.GET.get("format") == "rss" else Atom1Feed
    feed = kind(
        title=typeset(without_control_characters(f"{described(query)} – {face().name}")),
        link=settings.SITE_URL + reverse("search") + query.address().removesuffix("?"),
        feed_url=settings.SITE_URL + feed_path(query) + ("" if kind is Atom1Feed else _with_format(query)),
        description=_("Ce qui paraît sur %s pour cette recherche.") % face().name,
        language="fr",
        author_name=face().name,
    )
    for entry in entries:
        address = settings.SITE_URL + entry.url
        feed.add_item(
            title=typeset(without_control_characters(entry.title)),
            link=address,
            description=typeset(without_control_characters(_told(entry))),
            unique_id=address,
            pubdate=entry.published_at,
            updateddate=_changed_at(entry),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _entries(query: SearchQuery, visitor: AnonymousUser) -> list[SearchEntry]:
    found: list[SearchEntry] = []
    for page in range(1, PAGES_READ + 1):
        results = run_search(replace(query, page=page), user=visitor)
        found += [hit.entry for hit in results.hits]
        if len(found) >= results.total:
            break
    return sorted(found, key=_newest_first)


def _changed_at(entry: SearchEntry) -> datetime.datetime:
    """When it was last written: a session to come is ranked by its date, which a feed must not announce as past."""
    return entry.published_at if entry.updated_at > timezone.now() else entry.updated_at


def _told(entry: SearchEntry) -> str:
    """A feed is read far from the site: what is made up for a demonstration says so in its own words."""
    return _("Exemple fictif. %s") % entry.summary if entry.card.get("is_fictional") else entry.summary


def _newest_first(entry: SearchEntry) -> tuple[datetime.timedelta, str]:
    return (datetime.datetime.max.replace(tzinfo=datetime.UTC) - entry.published_at, entry.key)


def _with_format(query: SearchQuery) -> str:
    return ("&" if query.address() != "?" else "?") + "format=rss"
