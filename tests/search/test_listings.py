"""Facets, toggles, chips, orders: combinable, counted among the others, all in the address."""

import re

import pytest
from django.http import QueryDict

from kb_site.accounts.principals import PUBLIC
from search.facets import ALL_FACETS, PRACTICE_FACETS, SEARCH_FACETS
from search.listings import Listing, described
from search.models import SearchEntry
from search.queries import SearchQuery
from search.services import run_search

pytestmark = pytest.mark.django_db


def listing(address="", facets=SEARCH_FACETS, expanded=(), user=None):
    from django.contrib.auth.models import AnonymousUser

    query = SearchQuery.from_params(QueryDict(address), principals=frozenset([PUBLIC]))
    results = run_search(query, user=user or AnonymousUser())
    return Listing(query, results, facets, expanded=frozenset(expanded))


def counts(page, name):
    return page.results.facets.get(name, {})


def test_several_values_of_a_facet_widen_and_several_facets_narrow():
    one = listing("probleme=isolement").total
    two = listing("probleme=isolement&probleme=illettrisme").total
    both = listing("probleme=isolement&canal=telephone").total
    assert one <= two
    assert both <= one


@pytest.mark.parametrize(
    "address", ["canal=telephone", "q=téléphone&public=tous", "sans-data=oui&preuve=temoignage", "type=outil"]
)
def test_each_count_is_what_one_finds_after_the_choice(address):
    page = listing(address)
    for name, values in page.results.facets.items():
        if name not in ALL_FACETS or name in page.query.facets:
            continue
        for value, count in values.items():
            assert listing(f"{address}&{name}={value}").total == count, (name, value)


def test_counts_of_a_facet_in_use_ignore_its_own_choice():
    free = counts(listing("q=visio"), "canal")
    chosen = counts(listing("q=visio&canal=sms"), "canal")
    assert chosen == free


def test_sans_data_and_smartphone_are_one_touch_away_and_back():
    page = listing("q=suivi")
    no_data, smartphone = page.toggles
    assert (no_data.label, no_data.current) == ("Sans data", False)
    assert smartphone.label == "Smartphone suffit"
    assert listing(no_data.url.removeprefix("?")).total == no_data.count
    on = listing("q=suivi&sans-data=oui").toggles[0]
    assert on.current
    assert on.url == "?q=suivi"


def test_a_phone_call_needs_no_data_and_a_smartphone_is_enough_for_it():
    phone = SearchEntry.objects.get(url="/outils/telephone/")
    assert {"sans-data:oui", "smartphone:oui"} <= set(phone.facets)


def test_a_practice_that_needs_a_computer_is_not_for_a_smartphone():
    online = SearchEntry.objects.get(title__contains="formation en ligne", kind="pratique")
    assert "smartphone:oui" not in online.facets
    coffee = SearchEntry.objects.get(title="Le café visio du jeudi")
    assert "smartphone:oui" in coffee.facets
    assert "sans-data:oui" not in coffee.facets


def test_a_chip_removes_its_value_and_nothing_else():
    page = listing("q=visio&canal=visio&canal=sms&sans-data=oui&tri=preuve")
    chips = {chip.label: chip.url for chip in page.chips}
    assert set(chips) == {"Visio", "SMS"}
    assert chips["SMS"] == "?q=visio&sans-data=oui&canal=visio&tri=preuve"


def test_six_values_are_shown_then_all_of_them_on_request():
    page = listing()
    [problems] = [facet for facet in page.facets if facet.name == "probleme"]
    assert len(problems.choices) == 6
    assert problems.more == len(counts(page, "probleme")) - 6
    [all_problems] = [facet for facet in listing(expanded=["probleme"]).facets if facet.name == "probleme"]
    assert len(all_problems.choices) == 6 + problems.more


def test_a_chosen_value_is_shown_wherever_it_stands():
    last = listing(expanded=["probleme"]).facets[0].choices[-1].value
    shown = listing(f"probleme={last}").facets[0]
    assert last in [choice.value for choice in shown.choices]


def test_four_facets_are_shown_and_those_in_use_and_all_on_request():
    names = [facet.name for facet in listing("type=pratique", PRACTICE_FACETS).facets]
    assert names == ["probleme", "public", "canal", "nature"]
    used = [facet.name for facet in listing("type=pratique&reseau=chantiers-idf", PRACTICE_FACETS).facets]
    assert used[-1] == "reseau"
    everything = listing("type=pratique", PRACTICE_FACETS, expanded=["filtres"])
    assert len(everything.facets) > 6
    assert everything.all_filters_url == ""


def test_a_facet_that_narrows_nothing_is_left_out():
    page = listing("canal=courrier&public=sans_ordinateur")
    for facet in page.facets:
        assert facet.chosen or any(choice.count < page.total for choice in facet.choices)


def test_relevance_is_an_order_only_when_there_are_words():
    assert [order.label for order in listing("q=visio").orders][0] == "Pertinence"
    assert "Pertinence" not in [order.label for order in listing("canal=visio").orders]
    current = [order.label for order in listing("q=visio&tri=preuve").orders if order.current]
    assert current == ["Mieux prouvé"]


def test_the_most_proven_come_first_when_asked():
    ranks = [hit.entry.evidence_rank for hit in listing("tri=preuve").results.hits]
    assert ranks == sorted(ranks, reverse=True)


def test_the_form_of_filters_keeps_what_it_does_not_show(client):
    html = client.get("/recherche/", {"q": "visio", "type": "pratique", "tri": "recent", "reseau": "chantiers-idf"})
    form = re.search(r'<form class="facets".*?</form>', html.content.decode(), re.DOTALL).group()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', form))
    assert hidden == {"q": "visio", "type": "pratique", "tri": "recent", "reseau": "chantiers-idf"}


def test_a_search_is_described_in_words():
    query = SearchQuery.from_params(
        QueryDict("q=visio&public=jeunes&theme=cafe-visio&sans-data=oui"), principals=frozenset()
    )
    assert described(query) == "visio · Sans data · Café visio · Jeunes"


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "' OR 1=1", "é" * 100, "\x00", "oui:non", "%00"])
def test_a_strange_facet_value_is_shown_escaped_and_finds_nothing(client, value):
    response = client.get("/recherche/", {"probleme": value, "plus": value, "q": "visio"})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("address", ["/recherche/?q=visio", "/pratiques/?canal=telephone", "/recherche/?tri=recent"])
def test_a_page_beyond_the_last_leads_to_the_last_with_the_same_search(client, address):
    beyond = client.get(f"{address}&page=99")
    assert beyond.status_code == 302
    last = client.get(f"{address.partition('?')[0]}{beyond['Location']}")
    assert last.status_code == 200
    html = last.content.decode()
    assert 'class="hit' in html
    assert "Page suivante" not in html
    assert 'rel="prev"' in html or "Pages de résultats" not in html
