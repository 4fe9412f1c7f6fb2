"""What a topic does without leaving its page: reactions, following, putting aside (once each, even when the network loses
the answer), names proposed while one writes."""

from playwright.sync_api import expect

from exchange_groups.models import Reaction, Topic

# A question of another member, with replies, where Karim may react.
START = "Les forfaits"


def test_marks_are_left_without_leaving_the_page_and_once_when_the_answer_is_lost(open_page, account):
    topic = Topic.objects.select_related("group").get(title__startswith=START)
    Reaction.objects.filter(topic=topic).delete()
    page = open_page(topic.get_absolute_url(), role="karim")
    page.evaluate("window.here = true")
    thumb = page.locator("#commentaires").get_by_role("button", name="Utile").first
    assert thumb.bounding_box()["height"] >= 44
    thumb.click()
    expect(page.locator("#commentaires").get_by_role("button", name="Utile (1)")).to_be_focused()
    expect(page.locator("p.sr[role=status]")).to_have_text("C’est noté.")
    page.get_by_role("button", name="Suivre «").click()
    expect(page.get_by_role("button", name="Ne plus suivre «")).to_be_focused()
    expect(page.locator("p.sr[role=status]")).to_contain_text("Vous suivez «")
    page.get_by_role("button", name="Garder «").click()
    page.get_by_role("button", name="Gardé").click()
    expect(page.get_by_role("button", name="Garder «")).to_be_focused()
    assert page.evaluate("window.here") is True

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/reagir/", lose_the_answer, times=1)
    page.locator("#reactions").get_by_role("button", name="Merci").click()
    expect(page.locator("#reactions").get_by_role("button", name="Merci (1)")).to_be_visible()
    assert page.evaluate("window.here") is None  # the plain form was sent
    assert Reaction.objects.filter(topic=topic, kind="merci", user=account("karim")).count() == 1


def test_names_are_proposed_for_what_was_typed_before_their_script_came(open_page):
    topic = Topic.objects.select_related("group").get(title__startswith=START)
    page = open_page(topic.get_absolute_url(), role="karim")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/suggestions*.js", hold)
    box = page.get_by_label("Votre réponse")
    with page.expect_request("**/suggestions*.js"):
        box.press_sequentially("Merci @in")
    while not held:
        page.evaluate("0")
    expect(page.get_by_role("option")).to_have_count(0)
    held[0].continue_()
    expect(page.get_by_role("option")).to_have_count(1)


def test_names_of_the_group_are_proposed_after_an_at_sign_and_chosen_with_the_keyboard(open_page, axe_violations):
    topic = Topic.objects.select_related("group").get(title__startswith=START)
    page = open_page(topic.get_absolute_url(), role="karim")
    box = page.get_by_label("Votre réponse")
    box.press_sequentially("Merci @in")
    option = page.get_by_role("option")
    expect(option).to_have_count(1)
    name = option.get_attribute("data-name")
    expect(page.get_by_text("1 personne : flèche du bas pour choisir.")).to_be_attached()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "person-1")
    assert axe_violations(page) == []
    box.press("Enter")
    expect(box).to_have_value(f"Merci @{name} ")
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("button", name="Répondre", exact=True).click()
    expect(page.get_by_text("à l’attention de")).to_be_visible()
