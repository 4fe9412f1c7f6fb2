"""Orientations: found by search as such, sourced, dated, and never taken for practices."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kb_site.facts.models import names_a_page
from practices.choices import Provenance
from practices.models import OrientationPage, PracticePage
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def test_every_orientation_of_the_sample_says_what_to_do_where_and_from_which_page():
    pages = list(OrientationPage.objects.live())
    assert len(pages) >= 20
    wrong = []
    for page in pages:
        page.full_clean()
        if not (page.what and page.first_gesture and page.service and names_a_page(page.source_url)):
            wrong.append(page.slug)
        if page.next_review_at is None or page.card_owner is None:
            wrong.append(f"{page.slug}: nobody, or no date")
    assert wrong == []


def test_the_page_says_that_it_is_no_practice(client):
    page = OrientationPage.objects.get(slug="pass-iae")
    html = client.get(page.url).content.decode()
    assert "et non une pratique" in html
    assert page.source_url in html
    assert "24 mois" in html
    assert "[[" not in html


def test_a_number_is_dialled_with_a_touch(client):
    html = client.get(OrientationPage.objects.get(slug="alcool-drogues").url).content.decode()
    assert 'href="tel:0800231313"' in html


def test_search_finds_it_under_its_own_kind(client):
    assert SearchEntry.objects.get(key=f"page:{OrientationPage.objects.get(slug='pmsmp').pk}").kind == "orientation"
    html = client.get("/recherche/", {"q": "PMSMP"}).content.decode()
    assert OrientationPage.objects.get(slug="pmsmp").url in html
    assert "Orientation" in html


def test_the_list_shows_them_and_no_list_of_practices_does(client):
    page = OrientationPage.objects.get(slug="domiciliation")
    assert page.url in client.get(reverse("orientation_list")).content.decode() or OrientationPage.objects.count() > 10
    assert page.url not in client.get(reverse("practice_list")).content.decode()


def test_the_front_page_of_a_site_is_no_source():
    page = OrientationPage.objects.get(slug="pmsmp")
    page.source_url = "https://www.service-public.fr/"
    with pytest.raises(ValidationError, match="accueil d’un site"):
        page.full_clean()


@pytest.mark.parametrize(
    "asked",
    [
        "pass iae bientot fini", "pmsmp", "titre de sejour perime", "il dort dehors", "permis de conduire", "dettes huissier",
        "garde d'enfant", "il boit le matin", "depression", "violences conjugales", "s'inscrire france travail", "rqth",
        "il ne sait pas lire", "mutuelle", "avocat gratuit", "compte pirate", "formation cpf", "cv", "loyer impaye", "colis alimentaire",
    ],
)  # fmt: skip
def test_what_people_need_is_answered_by_a_sourced_card_or_oriented(client, asked):
    cards = PracticePage.objects.live().filter(provenance=Provenance.SOURCES)
    pages = [*OrientationPage.objects.live(), *cards]
    addresses = {page.url_path for page in pages}
    html = client.get("/recherche/", {"q": asked}).content.decode()
    assert any(path.replace("/accueil", "", 1) in html for path in addresses), asked
