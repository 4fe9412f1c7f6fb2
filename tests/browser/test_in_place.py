"""Reacting, following and putting aside without leaving the page; once each, even when the network loses the answer."""

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
