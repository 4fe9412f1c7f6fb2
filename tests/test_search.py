"""Search finds what people mean, and only what they may read."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from kb_site.accounts.principals import principals_of
from practices.models import PracticePage, ToolPage
from search.entries import visible_keys
from search.french import terms
from search.models import SearchEntry
from search.queries import SearchQuery
from search.services import run_search

pytestmark = pytest.mark.django_db


def titles(text="", user=None, **facets):
    user = user or AnonymousUser()
    facets = {name.replace("_", "-"): (value,) for name, value in facets.items()}
    query = SearchQuery(text=text, facets=facets, principals=principals_of(user))
    return [hit.entry.title for hit in run_search(query, user=user).hits]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("régulière", "regulier"),
        ("salariées", "salarié"),
        ("l’isolement", "isolement"),
        ("P.M.S.M.P.", "pmsmp"),
        ("œuvre", "oeuvre"),
    ],
)
def test_words_written_differently_meet(one, other):
    assert set(terms(one)) & set(terms(other))


def test_a_question_finds_a_card():
    assert titles("que faire sans wifi ?")


def test_accents_change_nothing():
    assert titles("téléphone") == titles("telephone")


def test_a_synonym_of_a_theme_finds_it():
    assert "WhatsApp" in titles("tchat")


def test_words_of_grammar_alone_find_everything_rather_than_nothing():
    assert titles("comment faire")


def test_a_members_card_is_found_by_members_only(account):
    assert "Codéveloppement" not in " ".join(titles("codéveloppement encadrants"))
    assert "Codéveloppement" in " ".join(titles("codéveloppement encadrants", user=account("membre")))


def test_counts_tell_nothing_of_what_is_closed(account):
    every = list(SearchEntry.objects.values_list("key", flat=True))
    totals = []
    for person in (AnonymousUser(), account("partenaire"), account("membre")):
        total = run_search(SearchQuery(principals=principals_of(person)), user=person).total
        assert total == len(visible_keys(every, person))  # what the things themselves say
        totals.append(total)
    assert totals[0] == SearchEntry.objects.filter(principals__contains=["public"]).count()
    assert totals[0] < totals[2] < len(every)


def test_facets_count_what_they_would_give():
    query = SearchQuery(facets={"type": ("pratique",)}, principals=frozenset({"public"}))
    results = run_search(query, user=AnonymousUser())
    for value, count in results.facets["probleme"].items():
        narrowed = SearchQuery(facets={"type": ("pratique",), "probleme": (value,)}, principals=frozenset({"public"}))
        assert run_search(narrowed, user=AnonymousUser()).total == count


def test_a_restriction_set_in_wagtail_hides_at_once():
    tool = ToolPage.objects.get(slug="zoom")
    assert "Zoom" in titles("zoom")
    PageViewRestriction.objects.create(page=tool, restriction_type=PageViewRestriction.LOGIN)
    assert "Zoom" not in titles("zoom")
    assert not ToolPage.objects.visible_to(AnonymousUser()).filter(pk=tool.pk).exists()


def test_an_unpublished_card_leaves_no_trace():
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    card.unpublish()
    assert not SearchEntry.objects.filter(key=f"page:{card.pk}").exists()


def test_found_words_are_marked_and_the_rest_is_escaped(client):
    html = client.get("/recherche/", {"q": "<script>alert(1)</script> zoom"}).content.decode()
    assert "<script>alert" not in html
    assert "<mark>Zoom</mark>" in html


@pytest.mark.parametrize(
    "address",
    ["?page=abc", "?q=%00", "?tri=nimporte", "?probleme=%27%22%3C", "?type=inconnu&q=" + "a" * 5000],
)
def test_a_strange_address_is_answered(client, address):
    assert client.get(f"/recherche/{address}").status_code == 200


@pytest.mark.parametrize("address", ["/recherche/?q=visio&page=999", "/recherche/?page=999", "/outils/?page=999"])
def test_a_page_beyond_the_last_leads_to_the_last(client, address):
    answer = client.get(address, follow=True)
    assert [status for _address, status in answer.redirect_chain] == [302]
    assert answer.status_code == 200
    listing = answer.context["listing"]
    assert listing.query.page == listing.page_count
    assert len(listing.results.hits) > 0
