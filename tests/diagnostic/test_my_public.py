"""« Faisable avec mon public »: an address that leaves out the cards which need what people do not have."""

import re
from itertools import combinations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.html import escape

from kb_site.accounts.principals import principals_of
from practices.diagnostic.models import DiagnosticCampaign
from practices.diagnostic.result import Standing, lacking_conditions, latest_counted, result_of
from practices.diagnostic.views.my_public import TICKS
from practices.feasibility.card_facts import READ_BESIDE, facts_of
from practices.feasibility.lacks import lacks_named
from practices.feasibility.verdicts import Verdict, judge
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


def sets_of_ticks():
    return [some for number in range(len(TICKS) + 1) for some in combinations(TICKS, number)]


def test_the_filter_leaves_out_exactly_the_cards_whose_verdict_is_no():
    everything, _total = titles(type=("pratique",))
    cards = list(PracticePage.objects.filter(title__in=everything).prefetch_related(*READ_BESIDE))
    facts = {card.title: facts_of(card) for card in cards}
    for ticks in sets_of_ticks():
        kept, total = titles(type=("pratique",), manque=ticks)
        lacks = lacks_named(ticks)
        assert kept == {title for title in everything if judge(facts[title], lacks).verdict is not Verdict.NO}, ticks
        assert total == len(kept)


def test_a_lack_that_bars_only_with_another_leaves_a_card_out_only_with_it():
    """Small readers may take part by messages with pictures, people without smartphone by SMS; not who has neither."""
    card = PracticePage.objects.get(slug="groupe-de-messagerie-regles-du-jeu")
    card.channels, card.audiences = ["messagerie", "sms"], ["tous"]
    card.fallback = "Pas de smartphone : la personne est sur la liste de SMS."
    card.adaptations = "Petits lecteurs : une photo du lieu et l’heure en chiffres."
    card.steps = [("step", {"title": title, "instruction": "Écrire peu."}) for title in ("Régler", "Écrire")]
    links = list(card.condition_links.all())
    for link in links:
        link.note = ""  # no other way than those above
    card.condition_links = links
    card.save_revision().publish()
    assert card.title in titles(manque=("smartphone",))[0]
    assert card.title in titles(manque=("lecture-francais",))[0]
    assert card.title not in titles(manque=("smartphone", "lecture-francais"))[0]
    assert card.title not in titles(manque=("forfait-data", "smartphone", "lecture-francais"))[0]


def test_an_unknown_lack_leaves_nothing_out():
    assert titles(manque=("nimporte",)) == titles()


def test_the_filter_is_an_address_with_chips_that_works_for_a_visitor(client):
    html = client.get("/pratiques/?manque=smartphone").content.decode()
    assert "sans « Un smartphone » ✕" in html
    assert client.get("/recherche/?q=visio&manque=smartphone&manque=%00%27").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/pratiques/?manque=forfait-data&tri=titre&reseau=chantiers-idf", "/recherche/?q=café&manque=forfait-data"],
)
def test_each_card_found_says_its_verdict_and_why(client, address):
    html = client.get(address).content.decode()
    found = html[html.index("cafe-visio-du-jeudi/") :]
    found = found[: found.index("</li>")]
    assert "<b>Faisable par téléphone</b>" in found
    assert "compose le numéro" in found


def test_without_lack_a_card_found_says_no_verdict(client):
    assert 'class="verdict' not in client.get("/pratiques/").content.decode()


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


def test_the_result_of_a_diagnostic_lists_and_search_give_the_same_verdict_in_the_same_words(account, signed_in):
    campaign = DiagnosticCampaign.objects.filter(structure__name="Les Jardins du Canal").latest("pk")
    lacking = tuple(lacking_conditions(campaign.releases.last()))
    browser, groups = signed_in("membre"), result_of(campaign, account("membre")).groups
    assert {group.standing for group in groups} > {Standing.FEASIBLE}
    address = "/pratiques/?tri=titre&" + "&".join(f"manque={slug}" for slug in lacking)
    lists = "".join(browser.get(f"{address}&page={page}").content.decode() for page in range(1, 6))
    for group in groups:
        for one in group.cards:
            found = (
                lists[lists.index(one.card.get_url()) :].partition("</li>")[0] if one.card.get_url() in lists else ""
            )
            explained = browser.get(f"/diagnostic/{campaign.pk}/resultat/{one.card.pk}/").content.decode()
            if group.standing is Standing.NO:
                assert not found
            elif group.standing is not Standing.TO_CHECK:
                assert f"<b>{one.feasibility.label}</b>" in found
                assert f"<b>{one.feasibility.label}</b>" in explained
                assert escape(one.feasibility.reason) in found


def test_the_words_being_searched_are_carried(client):
    html = client.get("/diagnostic/mon-public/?q=visio&manque=smartphone").content.decode()
    assert 'action="/recherche/"' in html
    assert 'name="q" value="visio"' in html
    assert re.search(r'value="smartphone" checked', html)


def test_the_diagnostic_announces_as_many_questions_as_it_asks(client):
    from practices.diagnostic.questions import PEOPLE

    for address in ("/diagnostic/", "/diagnostic/mon-public/"):
        assert f"{len(PEOPLE)} questions" in client.get(address).content.decode()
