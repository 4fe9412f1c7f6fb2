"""A page is sent to a colleague from a phone, and found again from paper."""

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"


def test_a_card_is_sent_by_what_the_phone_has_and_found_again_from_paper(open_page):
    page = open_page(CARD)
    assert not page.locator(".paper").is_visible()
    # A phone shares; the browser of tests does not: what it would be given is kept.
    page.add_init_script("navigator.share = async (what) => { window.sent = what; };")
    page.reload()
    page.locator("summary", has_text="Partager").click()
    assert page.get_by_role("link", name="Par SMS").get_attribute("href").startswith("sms:?&body=Le%20caf%C3%A9")
    page.get_by_role("button", name="Avec une application").click()
    assert page.evaluate("window.sent.url").endswith(CARD)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier").click()
    page.get_by_role("button", name="Copié").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(CARD)
    page.emulate_media(media="print")
    code = page.locator(".paper img")
    code.scroll_into_view_if_needed()
    page.wait_for_function("(code) => code.complete && code.naturalWidth > 0", arg=code.element_handle())
    assert page.locator(".paper").inner_text().endswith(CARD)
