"""Lists of the admin where many things are changed at once: what one has no right on is not named there."""

import pytest

from exchange_groups.models import ExchangeGroup
from practices.models import PracticePage
from tests.editorial.test_visibility import RARE, _propose
from tests.factories import CardFactory
from tests.test_admin_walk import FOREIGN, named

pytestmark = pytest.mark.django_db

ACTIONS = ("delete", "move", "publish", "unpublish")


def test_an_editor_of_another_network_reads_no_title_of_a_draft_there(account, signed_in):
    card, online = _propose(account), CardFactory()
    section, browser = card.get_parent().pk, signed_in(FOREIGN)
    chosen = (f"id={card.pk}", f"id={card.pk}&id={online.pk}", f"id=all&childOf={section}", f"id=all&q={RARE}")
    told = [
        (action, query)
        for action in ACTIONS
        for query in chosen
        if named(browser.get(f"/admin/bulk/wagtailcore/page/{action}/?{query}", follow=True))
    ]
    assert told == []


def test_nor_the_title_that_a_published_card_is_to_take(account, signed_in):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    title = card.title
    card.title = f"{RARE} du lundi"
    card.save_revision(user=account("edition"))
    for action in ACTIONS:
        answer = signed_in(FOREIGN).get(f"/admin/bulk/wagtailcore/page/{action}/?id={card.pk}")
        assert title in answer.content.decode(), action
        assert not named(answer), action


def test_an_editor_learns_there_of_no_group_that_is_known_to_its_members(signed_in):
    hidden = ExchangeGroup.objects.get(slug="paroles-de-permanents")
    address = "/admin/bulk/exchange_groups/exchangegroup/delete/"
    for query in (f"id={hidden.pk}", "id=all"):
        assert hidden.name not in signed_in("edition").get(f"{address}?{query}", follow=True).content.decode()
    assert hidden.name in signed_in("admin").get(f"{address}?id={hidden.pk}", follow=True).content.decode()


def test_a_list_that_names_nothing_that_exists_is_not_found(signed_in):
    browser = signed_in("admin")
    for query in ("id=deux", "id=999999", "id=all&childOf=999999", "id=all&childOf=deux"):
        assert browser.get(f"/admin/bulk/wagtailcore/page/delete/?{query}").status_code == 404, query
    assert browser.get("/admin/bulk/wagtailcore/rien/delete/?id=1").status_code == 404


def test_own_pages_are_still_changed_together(signed_in, account):
    card = CardFactory(parent=PracticePage.objects.get(slug="cafe-visio-du-jeudi").get_parent())
    address = f"/admin/bulk/wagtailcore/page/unpublish/?id={card.pk}&next=/admin/"
    browser = signed_in("edition")
    assert card.title in browser.get(address).content.decode()
    assert browser.post(address).status_code == 302
    card.refresh_from_db()
    assert not card.live


def test_only_an_account_that_may_be_entrusted_with_something_is_named_by_its_number(signed_in, account):
    waiting, member = account("attente"), account("membre")
    browser = signed_in("edition")
    assert browser.get(f"/admin/personnes/chosen/{waiting.pk}/").status_code == 404
    assert str(waiting) not in browser.get(f"/admin/personnes/chosen-multiple/?id={waiting.pk}").content.decode()
    assert browser.get(f"/admin/personnes/chosen/{member.pk}/").json()["result"]["title"] == str(member)
