"""Needs are counted by fives, from every application, for the coordination only; the report opens in a spreadsheet."""

import datetime
import io
import random
import re

import docx
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exchange_groups.models import ExchangeGroup, Topic
from exchange_groups.sessions.models import Note
from kb_site.accounts.models import Structure, User
from kb_site.observatory import needs
from kb_site.observatory.charts import compared_bars
from kb_site.observatory.exports import as_csv, as_workbook
from kb_site.observatory.needs import Cut, Slice
from kb_site.observatory.periods import before, last_quarters, offered, quarter, read_period, span, year
from kb_site.observatory.report import Table, report
from practices.diagnostic.models import DiagnosticCampaign, Release
from practices.models import Condition, Theme
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


@pytest.fixture
def people(db):
    """Return a maker of approved people, each in a structure of its own unless there are fewer structures than people."""

    def make(number, structures=None, territory="75"):
        places = [
            Structure.objects.create(name=f"Essai {territory} {place}", siae_type="AI", territory=territory)
            for place in range(structures or number)
        ]
        return [
            User.objects.create_user(
                f"essai{territory}-{one}@exemple.fr", status=User.Status.APPROVED, structure=places[one % len(places)]
            )
            for one in range(number)
        ]

    return make


def ask(authors, *themes, times=1):
    """Each writes a need under these themes, so many times."""
    group = ExchangeGroup.objects.first()
    for author in authors:
        for _time in range(times):
            topic = Topic.objects.create(group=group, type="besoin", title="Besoin d’essai", body="…", author=author)
            topic.themes.add(*themes)


def shown(found):
    return {need.label: need.now for need in found}


@pytest.fixture
def theme(db):
    Topic.objects.all().delete()
    Note.objects.all().delete()
    return Theme.objects.create(slug="essai-observatoire", name="Essai d’observatoire")


NOW = year(THIS_YEAR)


def test_five_needs_of_one_author_are_not_shown(people, theme):
    ask(people(1), theme, times=30)
    assert shown(needs.topics_by_theme(NOW, before(NOW), None)) == {}
    assert needs.people_who_asked(NOW, None) == 0


def test_twenty_people_of_four_structures_are_not_shown(people, theme):
    ask(people(20, structures=4), theme)
    assert shown(needs.topics_by_theme(NOW, before(NOW), None)) == {}
    assert needs.people_who_asked(NOW, None) == 0


def test_five_people_of_five_structures_among_ten_are_shown_once_an_eleventh_came(people, theme):
    other = Theme.objects.create(slug="autre-essai", name="Autre essai")
    everyone = people(11)
    ask(everyone[:5], theme)
    ask(everyone[5:10], other)
    assert shown(needs.topics_by_theme(NOW, before(NOW), None)) == {}
    ask(everyone[10:], other)
    assert shown(needs.topics_by_theme(NOW, before(NOW), None)) == {theme.name: 5, other.name: 5}
    assert needs.people_who_asked(NOW, None) == 10
    ask(everyone[:4], other, times=3)  # nobody new: nothing moves
    assert shown(needs.topics_by_theme(NOW, before(NOW), None)) == {theme.name: 5, other.name: 5}


def test_one_structure_alone_in_a_part_of_a_cut_is_not_shown(people, theme):
    ask(people(12), theme)
    ask(people(12, structures=1, territory="93"), theme)
    assert shown(needs.topics_by_theme(NOW, before(NOW), Cut(Slice.TERRITORY, "93"))) == {}
    assert needs.people_who_asked(NOW, Cut(Slice.TERRITORY, "93")) == 0


def test_a_part_that_leaves_fewer_than_five_in_the_rest_is_told_lower(people, theme):
    """22 people, 19 of them in Paris: « au moins 15 » beside « au moins 20 » would leave three elsewhere."""
    other = Theme.objects.create(slug="autre-essai", name="Autre essai")
    ask(people(19), theme)
    ask(people(3, territory="93"), theme)
    ask(people(9, territory="94"), other)
    whole = shown(needs.topics_by_theme(NOW, before(NOW), None))[theme.name]
    part = shown(needs.topics_by_theme(NOW, before(NOW), Cut(Slice.TERRITORY, "75")))[theme.name]
    assert (whole, part) == (20, 10)


def diagnosed(territories):
    """One release of ten people for each of these départements, each by a structure of its own."""
    Release.objects.all().delete()
    for place, territory in enumerate(territories):
        structure = Structure.objects.create(name=f"Diagnostic {place}", siae_type="EI", territory=territory)
        campaign = DiagnosticCampaign.objects.create(structure=structure)
        Release.objects.create(campaign=campaign, answers=10, total=10)


def test_parts_of_a_cut_hide_the_one_that_would_be_worked_out():
    diagnosed(["75"] * 6 + ["94"] * 5 + ["93"])
    assert shown(needs.parts(Slice.TERRITORY, NOW)) == {"Paris": 60}  # 94 hides 93: six structures together
    assert needs.people_diagnosed(needs.releases(NOW)) == 120
    assert needs.people_diagnosed(needs.releases(NOW), Cut(Slice.TERRITORY, "93")) == 0
    assert needs.people_diagnosed(needs.releases(NOW), Cut(Slice.TERRITORY, "94")) == 0


def test_four_structures_that_led_a_diagnostic_are_not_shown():
    diagnosed(["75"] * 4)
    assert needs.people_diagnosed(needs.releases(NOW)) == 0
    assert needs.structures_diagnosed(needs.releases(NOW)) == 0


def test_a_team_diagnosed_twice_counts_once():
    diagnosed(["75"] * 5)
    structure = Structure.objects.get(name="Diagnostic 0")
    Release.objects.create(campaign=DiagnosticCampaign.objects.create(structure=structure), answers=15, total=15)
    assert needs.people_diagnosed(needs.releases(NOW)) == 55


def test_quarters_count_people(people, theme):
    ask(people(16), theme)
    quarters = last_quarters(timezone.localdate())[::-1]
    Topic.objects.update(created_at=timezone.now() - datetime.timedelta(days=700))
    assert [one.asked for one in needs.by_quarter(quarters, None)] == [0] * 6
    first = datetime.datetime.combine(quarters[0].start, datetime.time(12), datetime.UTC)
    for minute, topic in enumerate(Topic.objects.all()):
        Topic.objects.filter(pk=topic.pk).update(created_at=first + datetime.timedelta(minutes=minute))
    found = needs.by_quarter(quarters, None)
    assert [one.label for one in found] == [f"T{one.code[-1]} {one.start.year}" for one in quarters]
    assert [one.asked for one in found] == [15, 0, 0, 0, 0, 0]


def test_every_figure_is_a_number_of_fives_whatever_the_cut():
    found = needs.releases(NOW)
    cuts = [None, *(Cut(Slice.TYPE, code) for code in ("ACI", "EI", "AI", "GEIQ"))]
    cuts += [Cut(Slice.TERRITORY, code) for code in Structure.objects.values_list("territory", flat=True)]
    for cut in cuts:
        assert needs.people_diagnosed(found, cut) % 5 == 0
        for need in [
            *needs.people_lacking(found, [], cut),
            *needs.topics_by_theme(NOW, before(NOW), cut),
            *needs.structures_stopped_by(NOW, before(NOW), cut),
        ]:
            assert need.now % 5 == 0
            assert need.now >= 5


@pytest.mark.parametrize(("structures", "shown_as"), [(5, {"Smartphone": 5}), (4, {})])
def test_what_people_lack_adds_what_is_told_of_five_structures_at_least(structures, shown_as):
    diagnosed(["75"] * structures)
    condition = Condition.objects.get(slug="smartphone")
    Condition.objects.filter(pk=condition.pk).update(label="Smartphone")
    band = {"low": 1, "high": 10, "total": 10}
    told = {"met": band, "missing": band, "unknown": band, "known": band}
    Release.objects.update(counts={"conditions": {condition.slug: told}})
    assert shown(needs.people_lacking(needs.releases(NOW), [])) == shown_as


def test_what_is_searched_in_vain_is_told_from_five(client):
    now, today = year(THIS_YEAR), timezone.localdate()
    SearchGap.objects.all().delete()
    SearchGap.objects.create(digest="a" * 64, words="permis de conduire", without_result=7, days=6, last_day=today)
    SearchGap.objects.create(digest="d" * 64, words="même jour", without_result=90, days=3, last_day=today)
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


def test_the_report_is_two_clicks_away_from_any_page(signed_in):
    browser = signed_in("coordination")
    report_at = re.search(r'<a href="([^"]+)">Rapport</a>', browser.get("/outils/").content.decode())[1]
    file_at = re.search(r'href="([^"]+\.docx[^"]*)"', browser.get(report_at).content.decode())[1]
    assert docx.Document(io.BytesIO(browser.get(file_at).content)).tables
    assert ">Rapport</a>" not in signed_in("edition").get("/outils/").content.decode()


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
    for address, most in (("/besoins/", 20), ("/besoins/rapport/", 28)):
        browser.get(address)
        with django_assert_max_num_queries(most):
            browser.get(address)


@given(st.integers(2021, 2040), st.integers(1, 4), st.integers(1, 12))
def test_any_run_of_quarters_is_a_period_compared_with_as_many_before(number, part, length):
    quarters = [quarter(number, part)]
    while len(quarters) < length:
        quarters.append(quarter(*_next(quarters[-1])))
    whole = span(quarters[0], quarters[-1])
    assert whole.quarters == quarters
    assert read_period(whole.code, datetime.date(2045, 1, 1)) == whole
    earlier = before(whole)
    assert (earlier.end, len(earlier.quarters)) == (whole.start, length)


def _next(one):
    return (one.end.year, (one.end.month - 1) // 3 + 1)


@pytest.mark.parametrize(
    "code", ["2026-T3-2026-T1", "2020-T1-2026-T4", "2019-T3-2020-T2", "2026-T1-2099-T1", "2026-T5-2026-T4"]
)
def test_a_run_that_cannot_be_is_this_year(code):
    assert read_period(code, datetime.date(2026, 11, 24)) == year(2026)


def test_from_july_to_june_the_report_says_its_days_and_both_periods(signed_in):
    page = signed_in("coordination").get("/besoins/rapport/?du=2025-T3&au=2026-T2").content.decode()
    assert "Du 1ᵉʳ juillet 2025 au 30 juin 2026" in page.replace("1er", "1ᵉʳ")
    assert "T3 2024 à T2 2025" in page
    assert "Personnes, de trimestre en trimestre" in page


def test_a_chart_stands_beside_its_table_with_the_same_figures(people, theme, signed_in):
    ask(people(11), theme)
    page = signed_in("coordination").get(f"/besoins/rapport/?periode={NOW.code}").content.decode()
    part = page.split("Ce que les équipes demandent, par thème</h2>")[1].split("</section>")[0]
    drawing, table = part.split("</figure>")
    assert 'role="img"' in drawing
    assert f">{theme.name}</text>" in drawing
    told = re.search(r"au moins (\d+)", table)[1]
    assert f">{told}</text>" in drawing
    assert 'width="320"' in drawing


def test_nothing_told_draws_nothing():
    assert compared_bars([("Un thème", 0, 0)]) is None


def test_the_words_of_the_coordination_open_the_page_and_the_document(signed_in):
    browser = signed_in("coordination")
    where = f"/besoins/rapport/introduction/?periode={NOW.code}"
    assert browser.post(where, {"text": "Une année de reprise.", "version": "0"}).status_code == 303
    assert "Une année de reprise." in browser.get(f"/besoins/rapport/?periode={NOW.code}").content.decode()
    assert "Une année de reprise." not in browser.get("/besoins/rapport/?du=2024-T3&au=2025-T2").content.decode()
    file = browser.get(f"/besoins/rapport.docx?periode={NOW.code}")
    document = docx.Document(io.BytesIO(file.content))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "Une année de reprise." in words
    assert len(document.tables) >= 3
    assert any("à 5 près" in text for text in words)


def test_two_coordinators_never_overwrite_each_other(signed_in):
    browser = signed_in("coordination")
    where = f"/besoins/rapport/introduction/?periode={NOW.code}"
    browser.post(where, {"text": "Le premier texte.", "version": "0"})
    answer = browser.post(where, {"text": "Le second texte.", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le premier texte." in page
    assert "Le second texte." in page
    named = browser.post(where, {"text": "Merci à Mme Durand, salariée.", "version": "1"})
    assert named.status_code == 422
