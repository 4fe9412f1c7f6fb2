"""What a device gets to read without network, and to put the site among its applications."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image

from exchange_groups.models import TopicVisit
from kb_site.accounts.demo import DEMO_PASSWORD
from kb_site.pocket.services import put_aside
from practices.models import PracticePage
from practices.statistics import page_views
from tests.factories import GroupFactory, member_of, topic_in

pytestmark = pytest.mark.django_db
COPY = {"X-Copy": "1"}


def test_the_service_worker_is_served_at_the_root_and_asked_again_each_time(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "public, no-cache"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    first = answer.content.decode()[:600]
    assert all(f"const {name} = " in first for name in ("VERSION", "MARK", "ONLINE_ONLY"))


def test_the_page_without_network_is_the_same_for_all(client, signed_in):
    page = client.get("/hors-connexion/")
    assert (page.status_code, page.cookies) == (200, {})
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_a_phone_can_put_the_site_among_its_applications(client):
    assert 'rel="manifest" href="/application.webmanifest"' in client.get("/charte/").content.decode()
    manifest = json.loads(client.get("/application.webmanifest").content)
    assert (manifest["display"], manifest["start_url"], manifest["lang"]) == ("standalone", "/", "fr")
    for icon in manifest["icons"]:
        drawn = finders.find(icon["src"].removeprefix("/static/"))
        image = Image.open(BytesIO(Path(drawn).read_bytes()))
        assert "x".join(map(str, image.size)) == icon["sizes"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert [client.get(one["url"]).status_code for one in manifest["shortcuts"]] == [302, 200]


def test_the_list_for_a_device_names_what_may_leave_and_nothing_else(signed_in, account):
    person = account("membre")
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    topic = topic_in(GroupFactory(), title="Un sujet confié")
    member_of(topic.group, person)
    for thing in (card, topic):
        put_aside(user=person, thing=thing)
    answer = signed_in("membre").get(reverse("pocket_contents"))
    assert [item["url"] for item in answer.json()["items"]] == [card.get_url()]
    assert "confié" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_fetching_a_copy_is_no_reading_and_uses_up_no_message(signed_in, account):
    person = account("membre")
    topic = topic_in(GroupFactory())
    member_of(topic.group, person)
    browser = signed_in("membre")
    browser.post(reverse("pocket_keep", args=["sujet", topic.pk]))
    said = "est dans votre poche"
    assert said not in browser.get(topic.get_absolute_url(), headers=COPY).content.decode()
    assert not TopicVisit.objects.filter(topic=topic, user=person).exists()
    assert said in browser.get(topic.get_absolute_url()).content.decode()
    assert TopicVisit.objects.filter(topic=topic, user=person).exists()
    page_views._counts.clear()
    card = "/pratiques/numerique-inclusif/choisir-audio-messagerie-visio/"
    phone = {"User-Agent": "Mozilla/5.0 (Android 14; Mobile) Firefox/140.0"}
    browser.get(card, headers=phone | COPY)
    assert not page_views._counts
    browser.get(card, headers=phone)
    assert page_views._counts
    page_views._counts.clear()


@pytest.mark.parametrize("shared", [True, False])
def test_on_a_shared_device_the_session_ends_with_the_browser(client, shared):
    given = {"login": "membre@example.org", "password": DEMO_PASSWORD} | ({"shared_device": "on"} if shared else {})
    client.post(reverse("account_login"), given)
    assert client.session.get_expire_at_browser_close() is shared
    assert (" data-shared" in client.get("/charte/").content.decode()) is shared


def test_the_header_of_a_copy_breaks_no_address_that_speaks_to_the_person(signed_in, account):
    item = put_aside(user=account("membre"), thing=PracticePage.objects.get(slug="cafe-visio-du-jeudi"))
    browser = signed_in("membre")
    address = reverse("pocket_drop", args=[item.pk])
    assert browser.get(address, headers=COPY).status_code == 302  # « appuyez à nouveau », which nobody reads in a copy
    assert "Rien n’a encore été fait" not in browser.get(reverse("pocket")).content.decode()
    assert browser.post(address, headers=COPY).status_code == 303
    assert "C’est retiré de votre poche" in browser.get(reverse("pocket")).content.decode()
