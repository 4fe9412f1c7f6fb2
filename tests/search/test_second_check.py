"""What an index answers is asked again of the things themselves: a row that lags behind opens nothing."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from exchange_groups.minutes.choices import MinutesState
from exchange_groups.minutes.models import Minutes
from exchange_groups.models import Topic
from exchange_groups.sessions.choices import SessionState
from exchange_groups.sessions.models import Session
from kb_site.accounts.principals import principals_of
from practices.choices import Visibility
from practices.models import PracticePage
from search.engines.elasticsearch import outbox as indexing
from search.engines.postgresql import PostgresqlEngine
from search.entries import visible_keys
from search.models import SearchEntry
from search.queries import SearchQuery
from search.saved.services import new_hits, save_search
from search.services import answer, run_search
from search.suggestions.services import suggest

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["postgresql", "elasticsearch"])
def engine(request):
    """Return each engine in turn, which knows the sample site."""
    if request.param == "postgresql":
        return PostgresqlEngine()
    request.getfixturevalue("elasticsearch")
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    indexing.rebuild()
    return ElasticsearchEngine()


# Updates of whole tables tell no index.
CLOSED = {
    "a card made visible to members": ("page", None, PracticePage, {"visibility": Visibility.MEMBRES}),
    "a card taken off the site": ("page", "membre", PracticePage, {"live": False}),
    "a topic that moderation removed": ("topic", "membre", Topic, {"is_removed": True}),
    "a session taken back to a draft": ("session", "membre", Session, {"state": SessionState.DRAFT}),
    "minutes taken back to a draft": ("minutes", "membre", Minutes, {"state": MinutesState.DRAFT}),
    "a public version of minutes taken back": ("public-minutes", None, Minutes, {"public_at": None}),
}


@pytest.fixture(params=CLOSED.values(), ids=CLOSED.keys())
def closing(request, account):
    """Return a person, the entry of a thing that they may read, and how to close it behind the back of the index."""
    prefix, name, model, changed = request.param
    person = account(name) if name else AnonymousUser()
    about_kind = SearchEntry.objects.filter(key__startswith=f"{prefix}:").order_by("pk")
    readable = visible_keys([entry.key for entry in about_kind], person)
    entry = next(entry for entry in about_kind if entry.key in readable and thing(model, entry).exists())
    return person, entry, lambda: thing(model, entry).update(**changed)


def thing(model, entry):
    return model.objects.filter(pk=entry.key.partition(":")[2])


def query(person, entry):
    return SearchQuery(text=entry.title, principals=principals_of(person), exact=True)


def keys(results):
    return {hit.entry.key for hit in results.hits}


def test_a_thing_closed_behind_the_back_of_the_index_is_not_found(closing, engine):
    person, entry, close = closing
    assert entry.key in keys(run_search(query(person, entry), user=person, engine=engine))
    close()
    assert entry.key in keys(answer(query(person, entry), engine))  # the index has not heard
    assert entry.key not in keys(run_search(query(person, entry), user=person, engine=engine))


def test_nor_suggested(closing):
    person, entry, close = closing
    assert entry.url in {suggestion.url for suggestion in suggest(entry.title, user=person)}
    close()
    assert entry.url not in {suggestion.url for suggestion in suggest(entry.title, user=person)}


def test_nor_told_to_who_kept_a_search(account):
    person = account("membre")
    card = PracticePage.objects.visible_to(person).earliest("pk")
    entry = SearchEntry.objects.get(key=f"page:{card.pk}")
    saved = save_search(user=person, name="Mon sujet", query=query(person, entry), frequency="at_once")
    a_moment = datetime.timedelta(minutes=1)
    since, until = entry.published_at - a_moment, timezone.now() + a_moment
    assert entry in new_hits(saved, since, until)
    PracticePage.objects.filter(pk=card.pk).update(live=False)
    assert entry not in new_hits(saved, since, until)
