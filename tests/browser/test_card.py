"""A card on a phone: the first screen answers, the rest reads well, one sheet of paper holds it."""

import re

import pytest

CARDS = [
    "/pratiques/chantiers-idf/cafe-visio-du-jeudi/",
    "/pratiques/chantiers-idf/groupe-de-messagerie-regles-du-jeu/",
    "/pratiques/numerique-inclusif/conditions-formation-en-ligne/",
]
FIRST_SCREEN = ["Temps", "Data par heure", "Pour qui", "Conditions", "Limites", "Niveau", "Vérifiée"]


@pytest.mark.parametrize("address", CARDS)
def test_the_first_screen_of_a_phone_answers_everything(open_page, address):
    page = open_page(address)
    for term in FIRST_SCREEN:
        box = page.locator("dt", has_text=re.compile(f"^{term}$")).locator("..").bounding_box()
        assert box["y"] + box["height"] <= 844, term


@pytest.mark.parametrize("address", CARDS)
def test_nothing_is_wider_than_the_phone_even_at_400_percent(open_page, address):
    page = open_page(address)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_card_prints_on_one_sheet(open_page):
    page = open_page(CARDS[0])
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
