"""Never a dead end: something looser, near themes, someone to ask; a correction that can be undone."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from kb_site.accounts.principals import PUBLIC
from search.card_requests.models import CardRequest
from search.card_requests.services import request_card, support_request
from search.engines.interface import SearchResults
from search.queries import SearchQuery
from search.relaxation import loosen, near_themes
from search.services import run_search
from search.zero_results.models import SearchGap

pytestmark = pytest.mark.django_db


def loosened(address):
    query = SearchQuery.from_params(QueryDict(address), principals=frozenset([PUBLIC]))
    results = run_search(query, user=AnonymousUser())
    assert results.total == 0
    return loosen(query, results, user=AnonymousUser())


def test_the_filter_that_stands_in_the_way_is_the_one_dropped():
    found = loosened("q=visio&canal=visio&public=handicap")
    assert found.dropped == "sans le filtre « Public »"
    assert "canal=visio" in found.url
    assert "public" not in found.url
    assert found.hits


def test_all_filters_go_when_none_alone_is_in_the_way():
    found = loosened("q=visio&canal=nulle-part&public=personne")
    assert found.dropped == "sans vos filtres"
    assert found.url == "?q=visio"


def test_quotes_and_exclusions_go_before_the_words():
    query = SearchQuery(text='visio "du jeudi au dimanche"', principals=frozenset([PUBLIC]))
    nothing = SearchResults(hits=[], total=0, facets={})
    assert loosen(query, nothing, user=AnonymousUser()).dropped == "sans les guillemets ni les mots exclus"


def test_unknown_words_go_when_filters_still_find():
    found = loosened("q=xyzxyz&public=jeunes")
    assert found.dropped == "sans les mots « xyzxyz »"
    assert found.url == "?public=jeunes"


def test_nothing_is_invented_when_nothing_is_known():
    assert loosened("q=xyzxyz") is None


@pytest.mark.parametrize(("typed", "theme"), [("telefone", "Appel téléphonique"), ("visiooo", "Visioconférence")])
def test_words_that_look_like_a_theme_lead_to_it(typed, theme):
    assert theme in [link.label for link in near_themes(typed)]


@pytest.mark.parametrize("typed", ["", "\x00", "?", "x" * 200, "🙂"])
def test_near_themes_of_strange_words_are_none(typed):
    assert near_themes(typed) == []


def test_the_empty_page_always_offers_a_way_on(client):
    html = client.get("/recherche/", {"q": "xyzxyz <i>"}).content.decode()
    assert "Nous n’avons pas encore de fiche sur « xyzxyz &lt;i&gt; »" in html
    assert "/recherche/demandes/nouvelle/?q=xyzxyz%20%3Ci%3E" in html
    assert client.get("/recherche/", {"q": "xyzxyz"}).status_code == 200


def test_one_is_shown_the_groups_where_to_ask_and_no_hidden_one(signed_in, account):
    from exchange_groups.models import ExchangeGroup

    for role in (None, "membre", "partenaire"):
        user = account(role) if role else AnonymousUser()
        html = signed_in(role).get("/recherche/", {"q": "xyzxyz"}).content.decode()
        shown = {group.name for group in ExchangeGroup.objects.all() if f"/groupes/{group.slug}/" in html}
        assert shown
        assert shown <= {group.name for group in ExchangeGroup.objects.visible_to(user)}


def test_an_unknown_word_is_corrected_with_a_way_back(client):
    html = client.get("/recherche/", {"q": "isolemant"}).content.decode()
    assert "Résultats pour « <b>isolement</b> »" in html
    assert 'href="?q=isolemant&amp;exact=1"' in html
    typed = client.get("/recherche/", {"q": "isolemant", "exact": "1"}).content.decode()
    assert "Résultats pour" not in typed
    assert "Nous n’avons pas encore de fiche sur « isolemant »" in typed


def test_search_begins_with_needs_and_themes(client):
    html = client.get("/recherche/").content.decode()
    assert "?probleme=isolement" in html
    assert "?theme=visioconference" in html
    assert "?sans-data=oui" in html


def test_a_theme_has_its_page_its_words_and_its_feed(client):
    html = client.get("/recherche/", {"theme": "cafe-visio"}).content.decode()
    assert "<h1>Café visio</h1>" in html
    assert "Des temps collectifs courts" in html
    assert 'type="application/atom+xml" href="/recherche/flux/?theme=cafe-visio"' in html


def test_what_may_help_is_no_answer_and_the_search_counts_as_a_gap(client):
    SearchGap.objects.all().delete()
    words = "visio zorglub blouson tractopelle"
    html = client.get("/recherche/", {"q": words, "exact": "1"}).content.decode()
    assert f"Nous n’avons pas encore de fiche sur « {words} »" in html
    assert "Peut-être aussi" in html
    assert SearchGap.objects.get().without_result == 1


def test_one_joins_in_one_touch_what_others_asked_near_it(account, signed_in):
    other, member = account("animation"), account("membre")
    CardRequest.objects.all().delete()
    request_card(user=other, need="Trouver un garage solidaire")
    html = signed_in("membre").get("/recherche/", {"q": "garage zorglub", "exact": "1"}).content.decode()
    assert "Déjà demandé par d’autres" in html
    asked = CardRequest.objects.get()
    assert f'action="/recherche/demandes/{asked.pk}/' in html
    support_request(request=asked, user=member)
    html = signed_in("membre").get("/recherche/", {"q": "garage zorglub", "exact": "1"}).content.decode()
    assert "dont la vôtre" in html


def test_requests_are_no_concern_of_visitors(account, client):
    request_card(user=account("animation"), need="Trouver un garage solidaire")
    html = client.get("/recherche/", {"q": "garage zorglub", "exact": "1"}).content.decode()
    assert "Trouver un garage" not in html


def test_the_question_is_put_to_a_group_with_the_words_already_there(signed_in):
    html = signed_in("membre").get("/recherche/", {"q": "xyzxyz"}).content.decode()
    address = re.search(r'href="(/groupes/[^"]+/sujets/nouveau/\?[^"]+)"', html)[1].replace("&amp;", "&")
    assert 'value="xyzxyz"' in signed_in("membre").get(address).content.decode()
