"""« Ma poche »: what a person puts aside, shown for as long as they may read it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange_groups.choices import Confidentiality
from exchange_groups.minutes.models import Minutes
from exchange_groups.permissions import forget_rights
from exchange_groups.services.charters import accept_charter, publish_charter
from kb_site.personal_data import erase_belongings, export_of
from kb_site.pocket.models import PocketItem
from kb_site.pocket.services import MayNotKeep, pocket_of, put_aside
from practices.models import PracticePage, ToolPage
from tests.conftest import sign_in
from tests.factories import GroupFactory, SessionFactory, member_of, topic_in

pytestmark = pytest.mark.django_db
CARD = "/pratiques/entreprises-parcours/lean-coffee-cip-60-minutes/"


@pytest.fixture
def card():
    return PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")


def words(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


@pytest.mark.parametrize("of", ["card", "tool", "topic", "session", "minutes"])
def test_each_kind_of_page_has_its_button_and_comes_back_to_it(of, account):
    session = SessionFactory()
    person = member_of(session.group)
    topic = topic_in(session.group)
    if of == "minutes":
        minutes = Minutes.objects.filter(state="published").first()
        person = minutes.session.group.memberships.in_effect().first().user
        address, title = minutes.get_absolute_url(), minutes.session.title
    else:
        thing = {
            "card": PracticePage.objects.get(slug="cafe-visio-du-jeudi"),
            "tool": ToolPage.objects.get(slug="zoom"),
            "topic": topic,
            "session": session,
        }[of]
        address = thing.get_url() if of in {"card", "tool"} else thing.get_absolute_url()
        title = thing.title
    browser = Client()
    sign_in(browser, person)
    page = words(browser, address)
    button = next(part for part in page.split("<form")[1:] if "/ma-poche/" in part.split(">")[0])
    action = button.split('action="')[1].split('"')[0]
    answer = browser.post(action)
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert "Gardé" in words(browser, address)
    assert title.replace("'", "&#x27;") in words(browser, reverse("pocket"))
    browser.post(action, {"drop": "1"})
    assert "Votre poche est vide" in words(browser, reverse("pocket"))


def test_a_visitor_signs_in_and_finds_the_button_again(client, card):
    address = reverse("pocket_keep", args=["fiche", card.pk])
    assert address in words(client, CARD)
    assert client.get(address)["Location"] == f"/compte/connexion/?next={address}"


def test_what_may_no_longer_be_read_says_so_without_its_title_and_can_be_let_go(signed_in, account):
    person = account("membre")
    topic = topic_in(GroupFactory(), author=None, title="Un sujet confié")
    member_of(topic.group, person)
    put_aside(user=person, thing=topic)
    browser = signed_in("membre")
    assert "Un sujet confié" in words(browser, reverse("pocket"))
    topic.group.memberships.filter(user=person).delete()
    page = words(browser, reverse("pocket"))
    assert "n’est plus accessible" in page
    assert "Un sujet confié" not in page
    browser.post(reverse("pocket_drop", args=[PocketItem.objects.get(user=person).pk]))
    assert "n’est plus accessible" not in words(browser, reverse("pocket"))


def test_nobody_puts_aside_what_they_may_not_read_nor_empties_the_pocket_of_others(signed_in, account, card):
    topic = topic_in(GroupFactory())
    with pytest.raises(MayNotKeep):
        put_aside(user=account("edition"), thing=topic)
    assert signed_in("edition").post(reverse("pocket_keep", args=["sujet", topic.pk])).status_code == 404
    item = put_aside(user=account("membre"), thing=card)
    assert put_aside(user=account("membre"), thing=card) == item
    signed_in("edition").post(reverse("pocket_drop", args=[item.pk]))
    assert PocketItem.objects.filter(pk=item.pk).exists()


def test_a_pocket_of_many_things_asks_the_database_no_more(signed_in, account):
    person = account("membre")
    cards = list(PracticePage.objects.visible_to(person)[:8])
    browser = signed_in("membre")

    def asked() -> int:
        browser.get(reverse("pocket"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("pocket"))
        return len(queries)

    put_aside(user=person, thing=cards[0])
    few = asked()
    for one in cards:
        put_aside(user=person, thing=one)
    assert asked() == few


def test_what_is_confided_to_a_group_leaves_the_site_only_where_the_charter_in_force_says_so():
    group = GroupFactory()
    session = SessionFactory(group=group)
    person = member_of(group)
    for thing in (topic_in(group), session):
        put_aside(user=person, thing=thing)
    assert {line.stays for line in pocket_of(person)} == {True}
    charter = publish_charter(group=group, text="Ce qui se dit ici reste ici.", by=None, lets_copies_leave=True)
    accept_charter(charter=charter, user=person)
    assert {line.stays for line in pocket_of(person)} == {False}
    publish_charter(group=group, text="Ce qui se dit ici reste ici.", by=None)
    forget_rights(person)
    assert {line.title for line in pocket_of(person)} == {""}  # until this version is accepted too


def test_what_was_said_in_public_may_leave_the_site():
    group = GroupFactory(confidentiality=Confidentiality.PUBLIC)
    person = member_of(group)
    put_aside(user=person, thing=topic_in(group))
    assert [line.stays for line in pocket_of(person)] == [False]


def test_the_charter_says_whether_what_is_said_may_be_kept_on_a_device(signed_in):
    from exchange_groups.models import ExchangeGroup

    group = ExchangeGroup.objects.managed_by(signed_in("animation").get("/compte/").wsgi_request.user).first()
    browser = signed_in("animation")
    address = reverse("group_charter", args=[group.slug])
    browser.post(reverse("manage_charter", args=[group.slug]), {"text": "Règle", "lets_copies_leave": "on"})
    assert "peut être gardé sur votre appareil" in words(browser, address)
    browser.post(reverse("manage_charter", args=[group.slug]), {"text": "Règle"})
    assert "jamais copié sur un appareil" in words(browser, address)


def test_what_is_put_aside_is_handed_over_and_goes_with_the_account(account, card):
    person = account("membre")
    put_aside(user=person, thing=card)
    assert [row["object_id"] for row in export_of(person)["pocket.PocketItem.user"]] == [card.pk]
    erase_belongings(person)
    assert not PocketItem.objects.filter(user=person).exists()


@pytest.mark.parametrize("then", ["signs out", "the session ends", "somebody else signs in"])
def test_a_title_said_once_is_said_to_nobody_else(then, signed_in, account):
    topic = topic_in(GroupFactory(), title="Un sujet confié")
    member_of(topic.group, account("membre"))
    browser = signed_in("membre")
    assert browser.post(reverse("pocket_keep", args=["sujet", topic.pk])).status_code == 303
    if then == "signs out":
        browser.post(reverse("account_logout"))
    elif then == "the session ends":
        del browser.cookies["sessionid"]
    else:
        sign_in(browser, account("karim"))
    assert "Un sujet confié" not in words(browser, "/charte/")
    assert not browser.cookies["messages"].value
