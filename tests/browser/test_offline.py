"""Reading without network: what was put aside opens, says that it is a copy, and goes with the account."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from exchange_groups.services.charters import accept_charter, publish_charter
from kb_site.pocket.services import put_aside
from practices.models import PracticePage, ToolPage
from tests.factories import GroupFactory, SessionFactory, member_of, topic_in

KEPT = """async () => (await (await caches.open("pocket")).keys()).map((one) => new URL(one.url).pathname)
    .filter((path) => !path.startsWith("/static/") && !path.startsWith("/ma-poche/"))"""


@pytest.fixture
def card(site):
    return PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")


def until(page: Page, condition: str) -> None:
    """Wait until this asynchronous function of the page says yes, for twenty seconds at most.

    Playwright's own way asks again and again with an evaluation that the policy of our pages refuses.
    """
    page.evaluate(f"""async () => {{
        const end = Date.now() + 20000;
        while (!(await ({condition})())) {{
            if (Date.now() > end) throw new Error("waited in vain for " + {condition!r});
            await new Promise((again) => setTimeout(again, 50));
        }}
    }}""")


def ready(page: Page) -> None:
    """Wait until the service worker is there, and stands between this page and the network."""
    until(page, "async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def keep(page: Page, address: str) -> None:
    page.goto(address)
    ready(page)
    page.get_by_role("button", name="Garder «").click()
    page.get_by_role("button", name="Gardé").wait_for()
    until(page, f"async () => (await ({KEPT})()).includes(location.pathname)")


def test_what_is_put_aside_is_read_in_a_plane(open_page, axe_violations, card):
    page = open_page(card.url, role="membre", service_worker=True)
    keep(page, card.url)
    page.goto(reverse("pocket"))
    expect(page.locator("[data-copy-state]")).to_contain_text("Ko")
    expect(page.locator("[data-used]")).to_contain_text("sur 5 Mo")
    page.get_by_label("Place permise").select_option("2")
    expect(page.locator("[data-used]")).to_contain_text("sur 2 Mo")
    page.context.set_offline(True)
    page.goto(card.url)
    expect(page.get_by_text("Lu hors connexion, copie du")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(card.title)
    assert page.evaluate("getComputedStyle(document.querySelector('.notice')).borderLeftWidth") == "5px"
    for use in ("conditions/", "pour-la-personne/"):
        page.goto(card.url + use)
        expect(page.get_by_text("Lu hors connexion, copie du")).to_be_visible()
    page.goto(f"{card.url}pas-a-pas/#etape-1")
    page.get_by_role("checkbox", name=re.compile("^Fait : ")).first.check()
    page.goto(card.url)
    expect(page.get_by_text("1 étape faite sur")).to_be_visible()
    # What is not on the device says so, and lists what is.
    page.goto("/pratiques/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de réseau")
    elsewhere = page.get_by_text("Cette page n’est pas sur cet appareil")
    expect(elsewhere).to_be_visible()
    page.get_by_role("link", name=card.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(card.title)
    page.goto(reverse("pocket"))
    expect(page.get_by_role("link", name=card.title)).to_be_visible()
    expect(elsewhere).to_be_hidden()
    assert axe_violations(page) == []
    # Back online: the page itself, and what changed meanwhile is said once.
    page.context.set_offline(False)
    PracticePage.objects.filter(pk=card.pk).update(summary="Un résumé tout neuf.")
    page.goto(reverse("pocket"))
    expect(page.locator("[data-copy-state]")).to_contain_text("mis à jour")
    page.goto(card.url)
    expect(page.get_by_text("Lu hors connexion")).to_have_count(0)
    page.get_by_role("button", name="Gardé").click()
    page.get_by_role("button", name="Garder «").wait_for()
    until(page, f"async () => (await ({KEPT})()).length === 0")


def test_talk_of_a_group_stays_on_the_site_unless_its_charter_lets_it_go(open_page, account, site):
    closed, open_ = GroupFactory(), GroupFactory()
    person = account("membre")
    for group in (closed, open_):
        member_of(group, person)
    secret, session = topic_in(closed, title="Ce qui est confié"), SessionFactory(group=open_)
    charter = publish_charter(group=open_, text="Ce qui se dit ici reste ici.", by=None, lets_copies_leave=True)
    accept_charter(charter=charter, user=person)
    for thing in (secret, session):
        put_aside(user=person, thing=thing)
    page = open_page(reverse("pocket"), role="membre", service_worker=True)
    ready(page)
    expect(page.locator("[data-copy-state]")).to_contain_text("copie sur cet appareil")
    assert page.evaluate(KEPT) == [session.get_absolute_url()]
    page.goto(secret.get_absolute_url())
    page.context.set_offline(True)
    page.goto(secret.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de réseau")
    expect(page.get_by_text("Ce qui est confié")).to_have_count(0)
    page.goto(session.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(session.title)


def test_copies_go_with_the_account(open_page, card, site, signed_in, account):
    page = open_page(card.url, role="membre", service_worker=True)
    keep(page, card.url)

    def become(role):
        session = signed_in(role).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])

    become("edition")  # another account
    page.goto("/charte/")
    until(page, f"async () => (await ({KEPT})()).length === 0")
    keep(page, card.url)
    page.goto("/compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/")
    until(page, "async () => !(await caches.has('pocket'))")
    become("membre")
    put_aside(user=account("membre"), thing=ToolPage.objects.get(slug="zoom"))
    page.goto(reverse("pocket"))
    expect(page.locator("[data-copy-state]").first).to_contain_text("copie sur cet appareil")
    page.context.clear_cookies()  # the session was closed from another device
    page.goto("/charte/")
    until(page, "async () => !(await caches.has('pocket'))")


def test_on_a_shared_device_nothing_is_kept(open_page, card, site):
    from kb_site.accounts.demo import DEMO_PASSWORD

    page = open_page(f"/compte/connexion/?next={card.url}", service_worker=True)
    page.get_by_label("Adresse e-mail").fill("membre@example.org")
    page.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    page.get_by_label("Cet appareil est partagé").check()
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Garder «").click()
    page.get_by_role("button", name="Gardé").wait_for()
    page.get_by_label("Votre question ou votre commentaire").fill("Ne pas laisser traîner")
    page.get_by_role("checkbox", name=re.compile("^Fait : ")).first.check()
    page.goto(reverse("pocket"))
    expect(page.get_by_text("lisible en ligne")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    on_the_device = page.evaluate("JSON.stringify({ ...localStorage })")
    assert "traîner" not in on_the_device
    assert "ticks:" not in on_the_device
    cookie = next(one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    assert cookie["expires"] == -1
