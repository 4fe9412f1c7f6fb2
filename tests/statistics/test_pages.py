"""The statistics of editors: own networks, twelve months, a table that says what its drawing shows."""

import csv
import datetime
import io
import uuid

import pytest
from django.utils import timezone

from practices.comments.services import post_comment
from practices.models import PracticePage
from practices.statistics.models import DailyViews
from practices.statistics.time_series import Year, months_until

pytestmark = pytest.mark.django_db
PAGE = "/admin/reports/statistiques/"


def card(slug="cafe-visio-du-jeudi"):
    return PracticePage.objects.get(slug=slug)


@pytest.fixture(autouse=True)
def known_views(db):
    DailyViews.objects.all().delete()
    today = timezone.localdate()
    DailyViews.objects.create(page=card(), day=today, views=7)
    DailyViews.objects.create(page=card(), day=months_until(today)[0], views=5)
    DailyViews.objects.create(page=card(), day=months_until(today)[0] - datetime.timedelta(days=1), views=100)
    DailyViews.objects.create(page=card("diagnostic-numerique-12-questions"), day=today, views=3)


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), ("attente", 302), ("membre", 302), ("partenaire", 302), ("edition", 200), ("coordination", 200), ("admin", 200)],
)  # fmt: skip
def test_they_open_to_editors(signed_in, role, status):
    assert signed_in(role).get(PAGE).status_code == status


def test_an_editor_sees_the_cards_of_own_network_only(signed_in):
    html = signed_in("edition").get(PAGE).content.decode()
    assert "Le café visio du jeudi" in html
    assert "Diagnostic numérique" not in html
    assert signed_in("edition").get(f"{PAGE}{card().pk}/").status_code == 200
    foreign = card("diagnostic-numerique-12-questions")
    assert signed_in("edition").get(f"{PAGE}{foreign.pk}/").status_code == 404


def test_twelve_months_are_added_up_and_no_more():
    series = {one.measure.name: one for one in Year([card().pk], timezone.localdate()).of([card().pk])}
    assert series["lectures"].total == 12
    assert series["lectures"].figures[0] == 5
    assert series["lectures"].figures[-1] == 7
    assert len(series["lectures"].points.split()) == 12


def test_comments_are_counted_without_those_removed(account):
    before = {one.measure.name: one.total for one in Year([card().pk], timezone.localdate()).of([card().pk])}
    post_comment(target=card(), author=account("membre"), text="Bonjour", submission_key=uuid.uuid4())
    after = {one.measure.name: one.total for one in Year([card().pk], timezone.localdate()).of([card().pk])}
    assert after["commentaires"] == before["commentaires"] + 1


def test_the_file_has_every_month_of_every_card(signed_in):
    content = signed_in("edition").get(f"{PAGE}?export=csv").content.decode("utf-8-sig")
    rows = [
        row for row in csv.DictReader(io.StringIO(content), delimiter=";") if row["Fiche"] == "Le café visio du jeudi"
    ]
    assert len(rows) == 12
    assert [row["Lectures"] for row in rows][0::11] == ["5", "7"]


def test_their_queries_do_not_grow_with_the_cards(signed_in, django_assert_max_num_queries):
    client = signed_in("coordination")
    client.get(PAGE)
    with django_assert_max_num_queries(24):
        client.get(PAGE)


def test_the_drawing_has_words(signed_in):
    html = signed_in("edition").get(f"{PAGE}{card().pk}/").content.decode()
    assert 'aria-label="Lectures : 12 en douze mois"' in html
