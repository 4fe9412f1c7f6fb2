"""The shell in a real browser: nothing of a menu off the screen, nothing hidden under the bar, with and without JavaScript."""

import pytest

from exchange_groups.models import Topic

KINDS = [
    "/", "/pratiques/", "/pratiques/chantiers-idf/cafe-visio-du-jeudi/", "/outils/", "/recherche/?q=wifi", "/groupes/",
    "/groupes/cip-ile-de-france/", "/seances/", "/diagnostic/", "/compte/", "/notifications/", "/charte/",
]  # fmt: skip
OFF_SCREEN = """[...document.querySelectorAll('header a, header summary, footer a')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && (box.left < 0 || box.right > innerWidth);
}).map((one) => one.textContent.trim())"""
HEADER = "document.querySelector('header').getBoundingClientRect().height"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_no_part_of_a_menu_is_outside_the_smallest_phones(open_page, javascript):
    page = open_page("/", role="membre", javascript=javascript)
    for address in [*KINDS, Topic.objects.filter(group__slug="cip-ile-de-france").first().get_absolute_url()]:
        page.goto(address)
        page.locator(".menu summary").click()
        for width in (320, 360, 390):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate(OFF_SCREEN) == [], (address, width)
            assert page.get_by_role("link", name="Diagnostic").first.is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            assert page.evaluate(HEADER) <= 56


def test_the_bar_hides_neither_the_field_in_use_nor_the_last_line(open_page):
    page = open_page("/proposer/", role="membre")
    page.set_viewport_size({"width": 360, "height": 640})
    bar = page.locator(".bar").bounding_box()
    assert bar["y"] + bar["height"] == pytest.approx(640, abs=1)
    for field in page.locator("main :is(input:not([type=hidden]), textarea, select):visible").all():
        field.focus()
        box = field.bounding_box()
        assert box["y"] + min(box["height"], 44) <= bar["y"], field  # a long one: the line being written
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator("footer a").last.bounding_box()
    assert last["y"] + last["height"] <= bar["y"]


def test_the_menu_closes_by_escape_and_gives_the_keyboard_back(open_page):
    page = open_page("/")
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Outils").first.focus()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Outils").first.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Menu"


def test_a_computer_shows_the_whole_menu_and_no_bar(open_page):
    page = open_page("/", role="membre", phone=False, javascript=False)
    for name in ("Pratiques", "Outils", "Ressources", "Diagnostic", "Chercher", "Groupes", "Séances", "Moi"):
        box = page.locator("header").get_by_role("link", name=name).bounding_box()
        assert box["y"] < 60, name
    assert not page.locator(".menu summary").is_visible()


def test_paper_shows_neither_menu_nor_bar(open_page):
    page = open_page("/pratiques/chantiers-idf/cafe-visio-du-jeudi/")
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".menu").is_visible()
