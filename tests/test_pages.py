"""Every kind of page: it answers, it is light, it asks the database little."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb_site.home.models import HomePage, TextPage
from practices.choices import Visibility
from practices.models import DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage
from tests.stylesheets import served

pytestmark = pytest.mark.django_db

CARD = "/pratiques/entreprises-parcours/lean-coffee-cip-60-minutes/"
MEMBERS_CARD = "/pratiques/entreprises-parcours/codeveloppement-encadrants/"
LISTS = ["/pratiques/", "/outils/", "/ressources/", "/recherche/?q=que+faire+sans+wifi"]
PAGES = [
    "/", *LISTS, CARD, "/outils/zoom/", "/ressources/cnil/", "/ressources/sans-wifi-sans-forfait/", "/charte/",
]  # fmt: skip
CSS_WEIGHT = len(gzip.compress(served("site")))
CRITICAL_PATH = 14_000
MOST_ELEMENTS = 250
ANONYMOUS_QUERIES, MEMBER_QUERIES = 8, 12


def weighed(browser, address):
    """Return what a page weighs (bytes), holds (elements) and asks (statements)."""
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
    assert response.status_code == 200, address
    html = response.content
    body = html[html.index(b"<body") :]  # what is laid out: what the head says of the page is no element of it
    return len(gzip.compress(html)) + CSS_WEIGHT, len(re.findall(rb"<[a-z]", body)), len(queries)


def over_budget(browser, addresses, most):
    """Return the pages over it; the first of a kind asks what the process then knows, and is weighed again."""

    def is_over(address):
        return any(found > allowed for found, allowed in zip(weighed(browser, address), most, strict=True))

    return [f"{one}: {weighed(browser, one)} for {most}" for one in addresses if is_over(one) and is_over(one)]


def published(*, for_members):
    """Yield the address of every page of the sample that a visitor reads, or a member too."""
    for model in (HomePage, TextPage, PracticePage, ToolPage, ResourcePage, DossierPage, OrientationPage):
        for page in model.objects.live():
            if for_members or getattr(page, "visibility", Visibility.PUBLIC) == Visibility.PUBLIC:
                yield page.get_url()  # the `url` of a resource is the site that it leads to


def test_every_page_fits_the_first_window_has_few_elements_and_asks_little(signed_in, typography):
    for_all = [*LISTS, *published(for_members=False)]
    assert over_budget(signed_in(None), for_all, (CRITICAL_PATH, MOST_ELEMENTS, ANONYMOUS_QUERIES)) == []
    for_members = [*LISTS, *published(for_members=True)]
    assert len(for_members) > len(for_all)
    assert over_budget(signed_in("membre"), for_members, (CRITICAL_PATH, MOST_ELEMENTS, MEMBER_QUERIES)) == []


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_gets_no_cookie_and_no_third_party(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    fetched = re.findall(
        r'<(?!link rel="canonical")(?:script|img|iframe|source|link)[^>]*?(?:src|href)="(https?:[^"]+)"',
        response.content.decode(),
    )
    assert fetched == []


@pytest.mark.parametrize("address", PAGES)
def test_there_is_one_title_and_no_untranslated_leftover(client, address):
    html = client.get(address).content.decode()
    assert html.count("<h1") == 1
    assert "{%" not in html
    assert "{{" not in html


def test_a_page_that_does_not_exist_helps(client):
    response = client.get("/pratiques/rien/du-tout/")
    assert response.status_code == 404
    assert "Cherchez la fiche" in response.content.decode()


def test_a_card_answers_on_its_first_screen(client):
    html = client.get(CARD).content.decode()
    first = html[: html.index('id="etapes"')]
    for word in ("Pour qui", "Conditions", "Temps", "Data", "Niveau", "Limites", "Vérifiée", "Preuve", "essayée"):
        assert word in first


def test_a_members_card_sends_a_visitor_to_sign_in_and_says_nothing_of_itself(client):
    response = client.get(MEMBERS_CARD)
    assert response.status_code == 302
    assert response["Location"] == f"/compte/connexion/?next={MEMBERS_CARD}"
    for address in (
        "/",
        "/pratiques/",
        "/recherche/?q=cod%C3%A9veloppement",
        "/sitemap.xml",
        "/ressources/progresser-entre-collegues/",
    ):
        assert "Codéveloppement entre" not in client.get(address).content.decode()


def test_a_members_card_opens_to_a_member_and_not_to_a_pending_account(signed_in):
    assert signed_in("membre").get(MEMBERS_CARD).status_code == 200
    assert signed_in("partenaire").get(MEMBERS_CARD).status_code == 200
    assert signed_in("attente").get(MEMBERS_CARD).status_code == 403


def test_an_incomplete_draft_may_wait_but_never_goes_live():
    from django.core.exceptions import ValidationError

    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    card.limits = ""
    revision = card.save_revision(clean=False)
    with pytest.raises(ValidationError) as refused:
        revision.publish()
    assert "limits" in refused.value.message_dict


def test_each_rule_of_publication_names_its_field():
    card = PracticePage(
        title="Essai", limits=" ", channels=["visio"], group_size_min=5, group_size_max=2, data_mb_min=3
    )
    assert set(card.publication_errors()) == {
        "challenges", "steps", "limits", "fallback", "group_size_max", "data_source",
    }  # fmt: skip


def test_loading_the_sample_content_again_adds_nothing():
    from kb_site.home.sample_content import load_sample_content

    assert set(load_sample_content().values()) == {0}
