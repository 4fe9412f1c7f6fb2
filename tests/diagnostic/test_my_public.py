"""« Faisable avec mon public »: an address that leaves out the cards which need what people do not have."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from kb_site.accounts.principals import principals_of
from practices.diagnostic.models import DiagnosticCampaign
from practices.diagnostic.result import lacking_conditions, latest_counted, result_of
from practices.models import PracticePage
from search.queries import SearchQuery
from search.services import run_search

pytestmark = pytest.mark.django_db


def titles(text="", **facets):
    query = SearchQuery(text=text, facets=facets, principals=principals_of(AnonymousUser()))
    found, page = [], 1
    while True:
        results = run_search(
            SearchQuery(text=text, facets=facets, principals=query.principals, page=page), user=AnonymousUser()
        )
        found += [hit.entry.title for hit in results.hits]
        if len(found) >= results.total or not results.hits:
            return set(found), results.total
        page += 1


def test_cards_that_need_what_is_missing_are_left_out_and_no_other():
    everything, _total = titles(type=("pratique",))
    for slug in ("smartphone", "lieu-calme", "ordinateur"):
        kept, total = titles(type=("pratique",), manque=(slug,))
        needing = set(
            PracticePage.objects.live()
            .filter(condition_links__condition__slug=slug, condition_links__strength="indispensable")
            .values_list("title", flat=True)
        )
        assert kept == everything - needing
        assert total == len(kept)


def test_two_lacks_leave_out_what_needs_either():
    one, _n = titles(type=("pratique",), manque=("smartphone",))
    other, _n = titles(type=("pratique",), manque=("lieu-calme",))
    both, _n = titles(type=("pratique",), manque=("smartphone", "lieu-calme"))
    assert both == one & other


def test_an_unknown_lack_leaves_nothing_out():
    assert titles(manque=("nimporte",)) == titles()


def test_a_recommended_condition_leaves_nothing_out():
    assert "Le café visio du jeudi" in titles(manque=("rejoindre-visio",))[0]


def test_the_filter_is_an_address_with_chips_that_works_for_a_visitor(client):
    html = client.get("/pratiques/?manque=smartphone").content.decode()
    assert "sans « Un smartphone » ✕" in html
    assert "Photo d’un document" not in html
    assert client.get("/recherche/?q=visio&manque=smartphone&manque=%00%27").status_code == 200


def test_members_start_from_the_last_diagnostic_of_their_structure(signed_in, account):
    release = latest_counted(account("membre"))
    assert release.campaign.structure == account("membre").structure
    html = signed_in("membre").get("/diagnostic/mon-public/").content.decode()
    address = re.search(r'class="button" href="(/pratiques/\?[^"]+)"', html)[1]
    assert {f"manque={slug}" for slug in lacking_conditions(release)} <= set(
        address.split("?")[1].replace("&amp;", "&").split("&")
    )
    assert signed_in("membre").get(address.replace("&amp;", "&")).status_code == 200
    assert "D’après votre diagnostic" not in signed_in(None).get("/diagnostic/mon-public/").content.decode()


def test_a_card_that_misses_something_for_the_team_is_left_out_by_the_filter_of_the_result(account):
    campaign = DiagnosticCampaign.objects.filter(structure__name="Les Jardins du Canal").latest("pk")
    lacking = tuple(lacking_conditions(campaign.releases.last()))
    kept, _total = titles(type=("pratique",), manque=lacking)
    for group in result_of(campaign, account("membre")).groups:
        if group.verdict == "not_feasible":
            for one in group.cards:
                assert one.card.title not in kept


def test_the_words_being_searched_are_carried(client):
    html = client.get("/diagnostic/mon-public/?q=visio&manque=smartphone").content.decode()
    assert 'action="/recherche/"' in html
    assert 'name="q" value="visio"' in html
    assert re.search(r'value="smartphone" checked', html)
