"""Search as people do it: with the keyboard alone, on a phone, going back, and without JavaScript."""

import pytest
from django.utils import timezone


def enter_the_field(page):
    """Enter the search field with the keyboard, which brings its suggestions; return it, a combobox by then."""
    field = page.get_by_label("Que cherchez-vous")
    while not field.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    combobox = page.get_by_role("combobox", name="Que cherchez-vous")
    combobox.wait_for()
    return combobox


def test_suggestions_are_read_and_chosen_with_the_keyboard_alone(open_page):
    page = open_page("/recherche/")
    field = enter_the_field(page)
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("zoo")
    page.get_by_role("option").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "zoo"
    field.press("ArrowDown")
    while "Outil" not in page.locator("[role=option][aria-selected=true]").inner_text():
        field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/outils/zoom/")


def test_enter_without_a_choice_searches_the_words(open_page):
    page = open_page("/")
    field = page.get_by_label("Que cherchez-vous")
    field.press_sequentially("visio")
    page.get_by_role("option").first.wait_for()
    field.press("Enter")
    page.wait_for_url("**/recherche/?q=visio")


def test_suggestions_that_failed_are_asked_again(open_page):
    page = open_page("/recherche/")
    field = enter_the_field(page)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        field.fill("visio")
    page.context.set_offline(False)
    field.fill("caf")
    page.get_by_role("option").first.wait_for()
    field.fill("visio")
    page.get_by_role("option", name="Répéter la visio avant la visio").wait_for()


def test_filters_are_combined_on_a_phone_and_the_back_button_undoes_them(open_page):
    page = open_page("/recherche/?q=visio")
    assert not page.get_by_role("button", name="Appliquer").is_visible()
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_label("Isolement").check()
    page.get_by_label("Téléphone").check()
    page.get_by_role("button", name="Appliquer").click()
    page.wait_for_url("**probleme=isolement**canal=telephone**")
    page.get_by_role("link", name="Sans data").click()
    page.wait_for_url("**sans-data=oui**")
    page.go_back()
    assert "sans-data" not in page.url
    page.go_back()
    assert page.url.endswith("/recherche/?q=visio")
    page.locator("summary", has_text="Filtrer").click()
    assert not page.get_by_label("Isolement").is_checked()


def test_everything_works_without_javascript(open_page):
    page = open_page("/recherche/", javascript=False)
    page.get_by_label("Que cherchez-vous").fill("visio")
    page.get_by_role("button", name="Chercher").click()
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_label("Isolement").check()
    page.get_by_role("button", name="Appliquer").click()
    assert "probleme=isolement" in page.url
    page.get_by_role("link", name="Isolement").click()
    assert "probleme" not in page.url


def test_the_filters_are_open_beside_the_results_on_a_wide_screen_without_javascript(open_page):
    page = open_page("/recherche/?q=visio", phone=False, javascript=False)
    assert page.get_by_role("button", name="Appliquer").is_visible()
    results = page.locator("#resultats").bounding_box()
    filters = page.locator(".facets").bounding_box()
    assert filters["x"] > results["x"] + 300


def test_a_click_is_told_without_a_cookie_and_a_filter_tells_nothing(open_page):
    from search.zero_results.models import SearchGap

    counted = SearchGap.objects.filter(last_day=timezone.localdate())
    page = open_page("/recherche/?q=visio", phone=False, beacons=True)
    page.get_by_role("link", name="Mieux prouvé").click()
    page.wait_for_url("**tri=preuve**")
    page.locator(".hit a").nth(1).click()
    page.wait_for_url(lambda address: "recherche" not in address)
    for _wait in range(20):
        if counted.exists():
            break
        page.wait_for_timeout(100)
    assert list(counted.values_list("with_click", "without_click", "words")) == [(1, 0, "")]
    assert page.context.cookies() == []


def test_a_member_saves_a_search_and_finds_it_in_the_account(open_page):
    page = open_page("/recherche/?q=visio&public=jeunes", role="membre")
    page.get_by_role("link", name="Enregistrer cette recherche").click()
    page.get_by_label("Nom de cette recherche").fill("Visio et jeunes")
    page.get_by_label("Une fois par jour").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Visio et jeunes", exact=True).click()
    page.wait_for_url("**/recherche/?q=visio&public=jeunes")


SCREENS = [
    (None, "/recherche/?q=visio&canal=visio&public=tous&plus=filtres&plus=probleme"),
    (None, "/recherche/?q=isolemant"),
    (None, "/recherche/?q=visio&canal=visio&public=handicap"),
    (None, "/recherche/?theme=cafe-visio"),
    ("membre", "/recherche/?q=xyzxyz"),
    ("membre", "/recherche/enregistrer/?q=visio&public=jeunes"),
    ("membre", "/compte/recherches/"),
    ("membre", "/recherche/demandes/"),
    ("membre", "/recherche/demandes/nouvelle/?q=soudure"),
]


def test_axe_finds_nothing(wrong_on_pages):
    def open_filters(page):
        page.evaluate("document.querySelectorAll('details.filters').forEach((filters) => { filters.open = true; })")

    assert wrong_on_pages(SCREENS, before=open_filters) == []


def test_axe_finds_nothing_with_suggestions_open(open_page, axe_violations):
    page = open_page("/recherche/")
    field = enter_the_field(page)
    assert axe_violations(page) == []
    field.press_sequentially("te")
    page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    assert axe_violations(page) == []


@pytest.mark.parametrize(
    ("address", "button"),
    [("/recherche/demandes/nouvelle/", "Envoyer la demande"), ("/recherche/enregistrer/?q=visio", "Enregistrer")],
)
def test_axe_finds_nothing_with_errors_shown(open_page, axe_violations, address, button):
    page = open_page(address, role="membre")
    page.evaluate("document.querySelectorAll('main form').forEach((form) => { form.noValidate = true; })")
    page.locator("main input:not([type=hidden]):not([type=radio])").first.fill(" ")
    page.get_by_role("button", name=button).click()
    page.locator(".error").first.wait_for()
    assert axe_violations(page) == []
