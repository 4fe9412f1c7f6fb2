"""Tools are compared on what they ask, what they cost and what they protect; data is estimated, never guessed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.comparator.calculator import estimate, widest
from practices.comparator.confidentiality import confidentiality, plot, x_of, y_of
from practices.models import ToolPage
from practices.models.tools import DataRange
from tests.answers import elements

pytestmark = pytest.mark.django_db
ranges = st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(lambda pair: DataRange(min(pair), max(pair)))


def compared(html):
    return re.findall(r'role="columnheader"><a [^>]*>([^<]+)<', html)


def test_tools_chosen_by_hand_stand_side_by_side(client):
    html = client.get("/outils/comparer/?outil=zoom&outil=signal&outil=sms").content.decode()
    assert compared(html) == ["SMS", "Signal", "Zoom"]


def test_criteria_choose_and_their_combination_narrows(client):
    free = compared(client.get("/outils/comparer/?gratuit=on").content.decode())
    both = compared(client.get("/outils/comparer/?gratuit=on&chiffre=on").content.decode())
    assert both
    assert set(both) <= set(ToolPage.objects.filter(free="oui", end_to_end="oui").values_list("title", flat=True))
    assert len(free) >= len(both)


def test_a_tool_heavier_than_asked_is_left_out(client):
    html = client.get("/outils/comparer/?mo=5").content.decode()
    assert set(compared(html)) <= set(ToolPage.objects.filter(audio_mb_max__lte=5).values_list("title", flat=True))


def test_criteria_that_nothing_meets_say_what_to_do(client):
    page = client.get("/outils/comparer/?gratuit=on&chiffre=on&telephone=on&ue=on&mo=1&outil=zoom").content.decode()
    assert "Zoom" in page
    assert "Enlevez un critère" in page or compared(page)


@pytest.mark.parametrize(
    "asked",
    [
        "outil=inconnu",
        "mo=0",
        "mo=abc",
        "mo=99999999999999999999",
        "outil=zoom&outil=sms&outil=signal&outil=teams&outil=whatsapp",
    ],
)
def test_a_wrong_question_comes_back_with_its_reason(client, asked):
    response = client.get(f"/outils/comparer/?{asked}")
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "personnes=0&heures=1&mode=video",
        "personnes=2&heures=abc&mode=video",
        "personnes=2&heures=1&mode=x",
        "personnes=%00&heures=1&mode=audio",
        "mode=video",
    ],
)
def test_a_wrong_calculation_comes_back_with_its_reason(client, asked):
    response = client.get(f"/outils/calculer/?{asked}")
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()


def test_an_hour_and_a_half_is_written_with_a_comma(client):
    html = client.get("/outils/calculer/?personnes=4&heures=1,5&mode=audio&outil=zoom").content.decode()
    assert "40 à 54 Mo" in html  # 27 to 36 MB an hour


def test_a_plain_call_costs_no_data(client):
    html = client.get("/outils/calculer/?personnes=4&heures=2&mode=appel").content.decode()
    assert 'class="big">0 Mo' in html


def test_what_was_not_measured_is_said_not_invented(client):
    html = client.get("/outils/calculer/?personnes=4&heures=2&mode=audio&outil=jitsi-meet").content.decode()
    assert "pas de mesure publiée" in html


@given(ranges, st.integers(1, 100), st.integers(1, 500))
def test_an_estimate_grows_with_hours_and_people(per_hour, hours, people):
    one, more = (estimate(per_hour=per_hour, hours=h, people=people) for h in (hours, hours + 1))
    assert one.per_person.low <= one.per_person.high <= more.per_person.high
    assert one.for_all == (one.per_person.low * people, one.per_person.high * people)
    assert [share.high for share in one.shares] == sorted((share.high for share in one.shares), reverse=True)


@given(st.lists(ranges, min_size=1))
def test_the_widest_range_holds_them_all(several):
    held = widest(several)
    assert all(held.low <= one.low and one.high <= held.high for one in several)


@given(st.floats(0, 6000), st.floats(0, 6000))
def test_the_plot_keeps_the_order_of_data(one, other):
    assert (x_of(one) <= x_of(other)) or one > other
    assert y_of(4) < y_of(0)


def test_confidentiality_is_the_rule_that_the_page_says(client):
    tools = list(ToolPage.objects.order_by("title"))
    assert all(0 <= confidentiality(tool) <= 4 for tool in tools)
    assert confidentiality(ToolPage.objects.get(slug="signal")) > confidentiality(ToolPage.objects.get(slug="whatsapp"))
    html = client.get("/outils/confidentialite/").content.decode()
    for point in plot(tools):
        assert point.tool.title in html
    assert html.count("<circle") == len(plot(tools))


@pytest.mark.parametrize(
    "address",
    [
        "/outils/comparer/",
        "/outils/comparer/?outil=zoom&outil=sms&outil=signal&outil=teams",
        "/outils/calculer/",
        "/outils/confidentialite/",
    ],
)
def test_the_pages_are_light_and_ask_little(client, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(8):
        html = client.get(address).content.decode()
    assert elements(html) <= 250
