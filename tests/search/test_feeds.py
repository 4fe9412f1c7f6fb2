"""Feeds: what a visitor may read, whoever asks."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from practices.models import PracticePage
from search.models import SearchEntry

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(response):
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_a_search_has_a_feed_that_tells_the_newest_first(client):
    response = client.get("/recherche/flux/", {"q": "visio"})
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "Le café visio du jeudi" in titles(response)
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    dates = [entry.findtext(f"{ATOM}published") for entry in feed.iter(f"{ATOM}entry")]
    assert dates == sorted(dates, reverse=True)


def test_a_theme_and_its_filters_have_a_feed(client):
    assert "Le café visio du jeudi" in titles(client.get("/recherche/flux/", {"theme": "cafe-visio"}))
    assert titles(client.get("/recherche/flux/", {"theme": "cafe-visio", "canal": "courrier"})) == []


@pytest.mark.parametrize("role", [None, "membre", "admin"])
def test_a_feed_never_holds_what_needs_an_account(signed_in, role):
    for params in ({"q": "codéveloppement"}, {}, {"type": "pratique"}):
        response = signed_in(role).get("/recherche/flux/", params)
        assert "Codéveloppement entre" not in response.content.decode()
        assert not response.cookies


def test_a_feed_is_the_same_to_the_byte_for_all_since_caches_may_keep_it(signed_in):
    for params in ({"q": "codéveloppement"}, {}, {"type": "pratique"}):
        answers = [signed_in(role).get("/recherche/flux/", params) for role in (None, "membre", "edition", "admin")]
        assert len({answer.content for answer in answers}) == 1
        assert {answer["Cache-Control"] for answer in answers} == {"public, max-age=300"}


def test_a_feed_has_what_its_format_demands_and_no_date_to_come(client):
    SearchEntry.objects.filter(title="Le café visio du jeudi").update(updated_at=timezone.now() + timedelta(days=30))
    feed = ElementTree.fromstring(client.get("/recherche/flux/", {"q": "visio"}).content)  # noqa: S314
    # RFC 4287, 4.1: one id, title and updated in the feed and in each entry, an author in one or the other.
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(len(part.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated")) <= timezone.now()
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 1
    rss = ElementTree.fromstring(client.get("/recherche/flux/", {"q": "visio", "format": "rss"}).content)  # noqa: S314
    assert all(rss.findtext(f"channel/{name}") for name in ("title", "link", "description"))
    for item in rss.iter("item"):
        assert parsedate_to_datetime(item.findtext("pubDate")) <= timezone.now()


def test_an_old_reader_gets_rss(client):
    response = client.get("/recherche/flux/", {"q": "visio", "format": "rss"})
    assert response["Content-Type"].startswith("application/rss+xml")
    assert b"<rss" in response.content


def test_nothing_is_sent_again_when_nothing_changed(client):
    first = client.get("/recherche/flux/", {"q": "visio"})
    again = client.get("/recherche/flux/", {"q": "visio"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.title = "Le café visio du vendredi"
    card.save_revision().publish()
    changed = client.get("/recherche/flux/", {"q": "visio"}, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("params", [{"q": "<script>&\x0b\ufffe"}, {"q": "a" * 5000}, {"theme": "\x00"}, {"page": "-1"}])
def test_a_strange_feed_is_well_formed(client, params):
    ElementTree.fromstring(client.get("/recherche/flux/", params).content)  # noqa: S314
