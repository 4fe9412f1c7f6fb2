"""Needs are counted by fives, from every application, for the coordination only; the report opens in a spreadsheet."""

import datetime
import io
import random
import re

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exchange_groups.models import ExchangeGroup, Topic
from kb_site.accounts.models import Structure
from kb_site.observatory import needs
from kb_site.observatory.exports import as_csv, as_workbook
from kb_site.observatory.needs import Cut, Slice
from kb_site.observatory.periods import before, last_quarters, offered, quarter, read_period, year
from kb_site.observatory.report import Table, report
from practices.diagnostic.models import Release
from practices.models import Theme
from search.zero_results.models import SearchGap

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year


@given(st.integers(2021, 2040), st.integers(1, 4))
def test_quarters_follow_one_another_without_gap_nor_overlap(number, part):
    one = quarter(number, part)
    assert before(one).end == one.start
    assert (one.end - one.start).days in {90, 91, 92}
    assert read_period(one.code, datetime.date(2041, 1, 1)) == one


@given(st.text(max_size=12))
def test_a_strange_period_is_this_year(code):
    today = datetime.date(2026, 11, 24)
    assert read_period(code, today) in [
        *offered(today),
        *(year(n) for n in range(2020, 2027)),
        *(quarter(n, q) for n in range(2020, 2027) for q in range(1, 5)),
    ]


def topics(number, theme, author=None):
    group = ExchangeGroup.objects.first()
    for place in range(number):
        topic = Topic.objects.create(group=group, type="besoin", title=f"Besoin {place}", body="…", author=author)
        topic.themes.add(theme)


def test_quarters_show_where_things_go_by_fives(account):
    today = timezone.localdate()
    quarters = last_quarters(today)[::-1]
    theme = Theme.objects.first()
    seen = needs.by_quarter(quarters, None)[0].asked
    topics(seen % 5 + 9, theme)
    old = Topic.objects.filter(title__startswith="Besoin ")
    old.update(created_at=timezone.now() - datetime.timedelta(days=700))
    assert needs.by_quarter(quarters, None)[0].asked == seen  # out of the six quarters
    old.update(created_at=datetime.datetime.combine(quarters[0].start, datetime.time(12), datetime.UTC))
    found = needs.by_quarter(quarters, None)
    assert [one.label for one in found] == [f"T{one.code[-1]} {one.start.year}" for one in quarters]
    assert found[0].asked == 5 * ((seen % 5 + 9) // 5)


def test_a_theme_asked_four_times_is_not_shown_and_a_fifth_time_is():
    theme = Theme.objects.create(slug="essai-observatoire", name="Essai d’observatoire")
    now = year(THIS_YEAR)
    topics(4, theme)
    assert "Essai d’observatoire" not in [need.label for need in needs.topics_by_theme(now, before(now), None)]
    topics(1, theme)
    assert ("Essai d’observatoire", 5) in [
        (need.label, need.now) for need in needs.topics_by_theme(now, before(now), None)
    ]


def test_every_figure_is_a_number_of_fives_whatever_the_cut():
    now = year(THIS_YEAR)
    cuts = [None, *(Cut(Slice.TYPE, code) for code in ("ACI", "EI", "AI", "GEIQ"))]
    cuts += [Cut(Slice.TERRITORY, code) for code in Structure.objects.values_list("territory", flat=True)]
    for cut in cuts:
        found = needs.releases(now, cut)
        assert needs.people_diagnosed(found) % 5 == 0
        for need in [
            *needs.people_lacking(found, []),
            *needs.topics_by_theme(now, before(now), cut),
            *needs.structures_stopped_by(now, before(now), cut),
        ]:
            assert need.now % 5 == 0
            assert need.now >= 5


def test_cuts_add_whole_releases_so_that_no_difference_tells_of_fewer_than_five():
    now = year(THIS_YEAR)
    whole = needs.people_diagnosed(needs.releases(now, None))
    for part in [*needs.parts(Slice.TERRITORY, now), *needs.parts(Slice.TYPE, now)]:
        rest = whole - part.now
        assert rest == 0 or rest >= 5
    assert sum(part.now for part in needs.parts(Slice.TYPE, now)) == whole


def test_a_release_counts_once_by_its_last_state_of_the_period():
    now = year(THIS_YEAR)
    found = needs.releases(now, None)
    assert len({release.campaign_id for release in found}) == len(found)
    assert Release.objects.count() >= len(found)


def test_what_is_searched_in_vain_is_told_from_five(client):
    now, today = year(THIS_YEAR), timezone.localdate()
    SearchGap.objects.all().delete()
    SearchGap.objects.create(digest="a" * 64, words="permis de conduire", without_result=7, days=4, last_day=today)
    SearchGap.objects.create(digest="b" * 64, words="trop rare", without_result=4, days=4, last_day=today)
    SearchGap.objects.create(digest="c" * 64, words="", without_result=40, days=1, last_day=today)
    assert [(need.label, need.now) for need in needs.searched_in_vain(now)] == [("permis de conduire", 5)]


def test_two_cuts_at_once_are_never_crossed(signed_in):
    html = signed_in("coordination").get(f"/besoins/?periode={THIS_YEAR}&territoire=93&type=EI").content.decode()
    assert re.search(r'<p class="pills"><a [^>]+>93 ✕', html)
    assert "EI ✕" not in html


@pytest.mark.parametrize(
    "asked", ["periode=%00", "periode=9999", "territoire=<script>", "type=%27OR", "periode=2026-T9"]
)
def test_a_strange_address_is_answered(signed_in, asked):
    response = signed_in("coordination").get(f"/besoins/?{asked}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_report_is_reached_in_three_clicks_and_says_the_period(signed_in):
    browser = signed_in("coordination")
    page = browser.get("/besoins/").content.decode()
    address = re.search(r'href="(/besoins/rapport/\?periode=[^"]+)"', page)[1]
    html = browser.get(address).content.decode()
    assert "Fiches pratiques publiées" in html
    assert "Personnes diagnostiquées" in html
    assert re.search(r'href="/besoins/rapport.xlsx\?periode=', html)


def test_the_files_hold_the_same_tables_as_the_page(signed_in):
    browser = signed_in("coordination")
    now = year(THIS_YEAR)
    csv_file = browser.get(f"/besoins/rapport.csv?periode={now.code}")
    assert csv_file["Content-Disposition"] == f'attachment; filename="rapport-{now.code}.csv"'
    text = csv_file.content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(browser.get(f"/besoins/rapport.xlsx?periode={now.code}").content))
    for table in report(now):
        assert table.title in text
        assert table.title[:31] in book.sheetnames


def test_no_cell_of_a_file_is_taken_for_a_formula():
    table = Table("Besoins", ("Besoin",), [("=HYPERLINK(1)",), ("-2",), (3,)])
    now = year(THIS_YEAR)
    assert "\n=" not in as_csv(now, [table]).decode()
    sheet = load_workbook(io.BytesIO(as_workbook(now, [table]))).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == ["'=HYPERLINK(1)", "'-2", 3]


def test_the_pages_ask_the_database_little(signed_in, django_assert_max_num_queries):
    browser = signed_in("coordination")
    random.seed(1)
    for address, most in (("/besoins/", 20), ("/besoins/rapport/", 24)):
        browser.get(address)
        with django_assert_max_num_queries(most):
            browser.get(address)
