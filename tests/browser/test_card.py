"""A card on a phone: the first screen answers, the rest reads well, one sheet of paper holds it."""

import re

import pytest
from playwright.sync_api import expect

from practices.models import PracticePage

CARDS = [
    "/pratiques/chantiers-idf/cafe-visio-du-jeudi/",
    "/pratiques/chantiers-idf/groupe-de-messagerie-regles-du-jeu/",
    "/pratiques/numerique-inclusif/conditions-formation-en-ligne/",
]
SMALL = {"width": 360, "height": 640}
FIRST_STEP, FINGER, LARGE = 1_100, 44, 22  # pixels
FIRST_SCREEN = ["Temps", "Data par heure", "Pour qui", "Conditions", "Limites", "Niveau", "Vérifiée"]


@pytest.mark.parametrize("address", CARDS)
def test_the_first_screen_of_a_phone_answers_everything(open_page, address):
    page = open_page(address)
    for term in FIRST_SCREEN:
        box = (
            page.locator("dt", has_text=re.compile(f"^{term}$"))
            .locator("xpath=following-sibling::dd[1]")
            .bounding_box()
        )
        assert box["y"] + box["height"] <= 844, term


@pytest.mark.parametrize("address", CARDS)
def test_nothing_is_wider_than_the_phone_even_at_400_percent(open_page, address):
    page = open_page(address)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_a_card_is_used_from_the_first_screen_of_a_small_phone(open_page, javascript):
    page = open_page("about:blank", javascript=javascript)
    page.set_viewport_size(SMALL)
    page.goto(CARDS[0])
    assert page.locator(".steps > li").first.bounding_box()["y"] <= FIRST_STEP
    tried = page.get_by_role("link", name="structures l’ont essayée").bounding_box()
    assert tried["y"] + tried["height"] <= SMALL["height"]
    page.locator("footer").scroll_into_view_if_needed()
    for action in (
        page.get_by_text("Sommaire"),
        page.get_by_text("Partager"),
        page.get_by_role("link", name="J’ai essayé"),
    ):
        box = action.bounding_box()
        assert box["height"] >= FINGER
        assert SMALL["height"] - 120 <= box["y"] <= SMALL["height"] - FINGER
    page.get_by_text("Sommaire").click()
    page.get_by_role("navigation", name="Dans cette fiche").get_by_role("link", name="Limites").click()
    page.wait_for_function("Math.abs(document.querySelector('#limites').getBoundingClientRect().top) < 60")
    if javascript:
        assert not page.get_by_role("navigation", name="Dans cette fiche").is_visible()


def test_the_first_step_of_every_card_stands_near_the_top_of_a_small_phone(open_page):
    page = open_page("about:blank", javascript=False)
    page.set_viewport_size(SMALL)
    far = {}
    for card in PracticePage.objects.live().filter(visibility="public"):
        page.goto(card.url)
        top = page.locator(".steps > li").first.bounding_box()["y"]
        if top > FIRST_STEP:
            far[card.slug] = top
    assert far == {}


def test_ticks_are_shared_by_a_card_and_its_steps_one_by_one_and_go_at_sign_out(open_page, axe_violations):
    page = open_page(CARDS[0], role="membre")
    done = page.get_by_role("checkbox", name=re.compile("^Fait : "))
    done.nth(0).check()
    done.nth(1).check()
    total = done.count()
    expect(page.get_by_text(f"2 étapes faites sur {total}.")).to_be_visible()
    assert done.first.locator("xpath=..").bounding_box()["height"] >= FINGER
    assert axe_violations(page) == []
    page.goto(CARDS[0] + "pas-a-pas/")
    expect(page.get_by_role("link", name="Reprendre à l’étape 3")).to_have_attribute("href", "#etape-3")
    done.nth(0).uncheck()
    page.goto(CARDS[0])
    expect(page.get_by_text(f"1 étape faite sur {total}.")).to_be_visible()
    page.get_by_role("button", name="Tout décocher").click()
    expect(page.get_by_text("étape faite")).to_have_count(0)
    done.nth(0).check()
    page.goto("/compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ticks:'))") == []


def test_without_javascript_the_steps_are_a_plain_list(open_page):
    page = open_page(CARDS[0], javascript=False)
    assert page.get_by_role("checkbox").count() == 0
    assert page.locator(".steps > li").count() > 2


def test_on_a_computer_facts_and_contents_stay_in_view(open_page):
    page = open_page(CARDS[0], phone=False)
    page.locator("#limites").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('#limites').offsetTop)")
    facts, words = page.locator(".brief").bounding_box(), page.locator("#limites").bounding_box()
    assert 0 <= facts["y"] < facts["y"] + facts["height"] <= 900
    assert facts["x"] >= words["x"] + words["width"]
    assert page.get_by_role("navigation", name="Dans cette fiche").get_by_role("link", name="Questions").is_visible()


def test_each_step_fills_a_screen_and_leads_to_the_next_without_javascript(open_page):
    page = open_page("about:blank", javascript=False)
    page.set_viewport_size(SMALL)
    page.goto(CARDS[0] + "pas-a-pas/")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    page.get_by_role("link", name="Commencer").click()
    for number in (1, 2):
        shown = page.locator(f"#etape-{number}")
        assert shown.bounding_box()["height"] >= SMALL["height"] - 60
        page.wait_for_function(
            "id => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 2", arg=f"etape-{number}"
        )
        shown.get_by_role("link", name="Suivant").click()
    said = page.locator("blockquote").first
    assert float(said.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) >= LARGE
    assert not page.get_by_role("button", name="Copier").first.is_visible()


def test_the_sheet_of_the_employee_is_heard_where_the_device_speaks(open_page):
    page = open_page(CARDS[0] + "pour-la-personne/")
    assert page.get_by_role("button", name="Écouter").is_visible() == page.evaluate(
        "typeof speechSynthesis !== 'undefined'"
    )
    assert (
        not open_page(CARDS[0] + "pour-la-personne/", javascript=False)
        .get_by_role("button", name="Écouter")
        .is_visible()
    )


def test_a_card_prints_on_one_sheet(open_page):
    page = open_page(CARDS[0])
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
