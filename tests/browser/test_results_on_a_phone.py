"""The page of results on a small telephone: results at once, filters over them, nothing that moves."""

import os
from pathlib import Path

import pytest

SMALL = {"width": 360, "height": 640}
SEARCHES = [
    "/recherche/?q=visio",
    "/recherche/?q=suivi+sans+smartphone+et+il+parle+pas+francais&manque=forfait-data",
    "/recherche/?q=suivi&canal=telephone&public=tous&sans-data=oui",
    "/recherche/?q=visio&manque=forfait-data&manque=lecture-francais",
    "/recherche/?tri=recent",
]
LISTS = ["/pratiques/", "/pratiques/?manque=forfait-data&manque=lieu-calme", "/outils/", "/ressources/"]
FIRST_HIT, HIT, TEN_HITS = 400, 180, 2_400


@pytest.fixture
def small(open_page):
    """Open an address on a screen of 360 by 640; kept as a picture where SCREENSHOTS names a folder."""

    def open_(address, **options):
        page = open_page("about:blank", **options)
        page.set_viewport_size(SMALL)
        page.goto(address)
        if folder := os.environ.get("SCREENSHOTS"):
            name = "".join(character if character.isalnum() else "-" for character in address)[:60]
            page.screenshot(path=Path(folder) / f"{name}.png")
        return page

    return open_


def boxes(page):
    return [hit.bounding_box() for hit in page.locator(".hits > .hit").all()]


def test_the_first_result_shows_at_once_each_is_short_and_ten_are_four_screens(small):
    wrong = []
    for role, addresses in {None: [*SEARCHES, *LISTS], "membre": SEARCHES}.items():
        page = small("/healthz", role=role)
        for address in addresses:
            page.goto(address)
            found = boxes(page)
            if address in SEARCHES and found[0]["y"] > FIRST_HIT:
                wrong.append((role, address, "the first is low", found[0]["y"]))
            if len(found) > 10 or max(box["height"] for box in found) > HIT:
                wrong.append((role, address, "one is long, or they are many", found))
            if found[-1]["y"] + found[-1]["height"] - found[0]["y"] > TEN_HITS:
                wrong.append((role, address, "more than four screens", found))
            if page.evaluate("document.scrollingElement.scrollWidth") > SMALL["width"]:
                wrong.append((role, address, "wider than the screen"))
    assert wrong == []


def test_what_may_help_too_is_as_short_where_nothing_is_sure(small):
    page = small("/recherche/?q=permis+de+conduire")
    assert max(box["height"] for box in boxes(page)) <= HIT


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_the_filters_come_over_the_results_and_push_nothing(small, javascript):
    page = small("/recherche/?q=visio", javascript=javascript)
    before = boxes(page)
    page.locator(".filters > summary").click()
    sheet = page.locator("form.facets").bounding_box()
    assert sheet["x"] == 0
    assert sheet["width"] == SMALL["width"]
    assert sheet["y"] + sheet["height"] == SMALL["height"]
    assert boxes(page) == before
    assert page.get_by_role("button", name="Appliquer").bounding_box()["y"] < SMALL["height"]
    page.mouse.click(100, 20)  # what shows above the sheet closes it
    assert not page.locator("form.facets").is_visible()


def test_the_filters_are_opened_used_and_left_with_the_keyboard_alone(small):
    page = small("/recherche/?q=visio")
    page.locator(".filters > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("form.facets").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Escape")
    assert not page.locator("form.facets").is_visible()
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Appliquer").focus()
    page.keyboard.press("Tab")  # beyond the sheet, the focus is never behind it
    assert not page.locator("form.facets").is_visible()


def test_going_back_right_after_filtering_finds_the_results_as_they_were(small):
    page = small("/recherche/?q=visio")
    count = page.locator("#resultats").inner_text()
    page.locator(".filters > summary").click()
    page.get_by_label("Isolement").check()
    page.get_by_role("button", name="Appliquer").click()
    page.wait_for_url("**probleme=isolement**")
    assert page.locator("#resultats").inner_text() != count
    assert not page.locator("form.facets").is_visible()
    page.go_back()
    assert page.url.endswith("/recherche/?q=visio")
    assert page.locator("#resultats").inner_text() == count
    assert not page.locator("form.facets").is_visible()
    page.locator(".filters > summary").click()
    assert not page.get_by_label("Isolement").is_checked()


def test_a_page_of_results_costs_four_requests_and_suggestions_come_when_they_are_used(open_page):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/recherche/?q=visio")
    page.wait_for_load_state("networkidle")
    asked = [url for url in asked if url.startswith("http")]
    assert len(asked) <= 4, asked
    page.get_by_role("searchbox").fill("café vi")
    page.get_by_role("option").first.wait_for()


def test_the_count_is_that_of_all_the_pages_together(small):
    page = small("/recherche/?q=visio")
    told = int(page.locator("#resultats").inner_text().split()[0])
    listed = len(boxes(page))
    while page.get_by_role("link", name="Page suivante").count():
        page.get_by_role("link", name="Page suivante").click()
        page.wait_for_load_state()
        listed += len(boxes(page))
    assert listed == told
