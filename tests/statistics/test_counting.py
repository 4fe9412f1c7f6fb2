"""Readings are counted by day and page, for people who are not editors, without knowing who they are."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.models import PracticePage
from practices.statistics import page_views
from practices.statistics.models import DailyViews

pytestmark = pytest.mark.django_db
CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
PHONE = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    DailyViews.objects.all().delete()
    page_views._counts.clear()
    page_views._from_search.clear()
    yield
    page_views._counts.clear()
    page_views._from_search.clear()


def read(client=None, path=CARD, **headers):
    return (client or Client()).get(path, headers={"user-agent": PHONE} | headers)


def views():
    page_views.flush()
    page = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    return sum(DailyViews.objects.filter(page=page).values_list("views", flat=True))


def test_each_reading_counts_once():
    read()
    read()
    assert views() == 2
    read()
    assert views() == 3
    assert DailyViews.objects.get().day == timezone.localdate()


def test_members_count_and_editors_do_not(signed_in):
    read(signed_in("membre"))
    for role in ("edition", "edition-numerique", "coordination", "admin"):
        read(signed_in(role))
    assert views() == 1


@pytest.mark.parametrize(
    "agent",
    ["Googlebot/2.1", "curl/8", "python-requests/2.32", "facebookexternalhit/1.1", "Mozilla/5.0 HeadlessChrome/120",
     "WhatsApp/2.23 LinkPreview", "PasseRelaisLiens/1.0", ""],
)  # fmt: skip
def test_machines_do_not_count(agent):
    read(**{"user-agent": agent}) if agent else Client().get(CARD)
    assert views() == 0


def test_what_was_not_read_does_not_count():
    read(**{"sec-purpose": "prefetch"})
    Client().head(CARD, headers={"user-agent": PHONE})
    read(path="/pratiques/chantiers-idf/rien-de-tel/")
    read(path="/pratiques/entreprises-parcours/codeveloppement-encadrants/")  # members only: sent to sign in
    read(path="/")
    page_views.flush()
    assert not DailyViews.objects.exists()


def test_tools_and_resources_count_too():
    read(path="/outils/zoom/")
    read(path="/ressources/cnil/")
    page_views.flush()
    assert DailyViews.objects.count() == 2


def test_a_reading_adds_no_query_to_the_page():
    read()
    with CaptureQueriesContext(connection) as queries:
        read()
    assert not any("dailyviews" in query["sql"] for query in queries)


def test_many_readings_are_written_in_one_statement(django_assert_num_queries):
    for path in (CARD, "/outils/zoom/", "/ressources/cnil/"):
        read(path=path)
    page_views.flush()
    for path in (CARD, "/outils/zoom/", "/ressources/cnil/"):
        read(path=path)
    with django_assert_num_queries(1):
        page_views.flush()


def test_counts_are_written_by_themselves_when_their_minute_is_over(settings):
    settings.VIEWS_FLUSH_SECONDS = 0
    read()
    assert DailyViews.objects.get().views == 1


def test_counts_that_could_not_be_written_are_kept(monkeypatch):
    from django.db import DatabaseError

    read()
    monkeypatch.setattr(page_views, "INSERT", "SELECT 1 / 0, %s, %s, %s, %s")
    from django.db import transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        page_views.flush()
    monkeypatch.undo()
    assert views() == 1


def test_no_column_can_hold_a_person():
    assert {field.name for field in DailyViews._meta.get_fields()} == {"id", "page", "day", "views", "from_search"}


def test_a_reading_leaves_no_cookie():
    assert not read().cookies


def test_yesterday_and_today_are_two_rows():
    read()
    page_views.flush()
    page = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    page_views._counts[CARD, timezone.localdate() - datetime.timedelta(days=1)] = 4
    assert views() == 5
    assert DailyViews.objects.filter(page=page).count() == 2


def from_search():
    page_views.flush()
    return sum(DailyViews.objects.values_list("from_search", flat=True))


def test_a_search_that_leads_to_a_card_is_counted_and_its_words_are_not_kept():
    read(referer="http://testserver/recherche/?q=mots+rares")
    assert views() == 1
    assert from_search() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(v)::text FROM practice_statistics_dailyviews v")
        assert not any("rares" in row for (row,) in cursor.fetchall())


@pytest.mark.parametrize(
    "referer",
    ["", "https://ailleurs.example/recherche/?q=x", "http://testserver/", "http://testserver/recherche/suggestions/",
     "http://testserver/pratiques/?q=x", "http://[", "recherche/", "\x00"],
)  # fmt: skip
def test_another_way_in_is_a_reading_only(referer):
    read(referer=referer)
    assert views() == 1
    assert from_search() == 0
