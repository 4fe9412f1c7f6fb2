"""Talk stands on the thing it is about, for whoever may read that talk, and for nobody else: neither title nor count."""

import pytest
from django.conf import settings
from django.urls import reverse

from exchange_groups.quotations import topics_about
from exchange_groups.services.charters import accept_charter, publish_charter
from kb_site.http import COPY_HEADER
from practices.comments.services import delete_comment
from practices.models import PracticePage, ResourcePage, ToolPage
from tests.factories import GroupFactory, member_of

from .conftest import browser_of

pytestmark = pytest.mark.django_db

TITLE = "On en parle dans vos groupes"
OUTSIDERS = [None, "lucie", "partenaire", "coordination", "admin"]


@pytest.fixture
def card(db):
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


@pytest.fixture
def tool(db):
    return ToolPage.objects.public().live().first()


def page_of(thing, person):
    return browser_of(person).get(thing.url).content.decode()


def test_a_topic_stands_on_the_tool_chosen_when_it_was_opened(cip, ask, account, tool):
    ask(cip, account("karim"), title="Le café sans wifi", quoted_page=tool)
    assert "Le café sans wifi" in page_of(tool, account("membre"))


@pytest.mark.parametrize("model", [PracticePage, ToolPage, ResourcePage])
@pytest.mark.parametrize("end", ["", "?q=1#etapes"])
def test_an_address_pasted_in_a_topic_is_a_quotation(cip, ask, account, model, end):
    thing = model.objects.public().live().first()
    ask(
        cip,
        account("karim"),
        title="Vu là-bas",
        body=f"Regardez {settings.SITE_URL}{thing.get_url()}{end}, qu’en dites-vous ?",
    )
    assert topics_about(thing, account("membre")).filter(title="Vu là-bas").exists()


def test_an_address_in_a_reply_is_one_as_long_as_the_reply_stands(topic, say, account, card):
    reply = say(topic, account("karim"), f"Voir {card.url}pas-a-pas/ tout simplement")
    assert list(topics_about(card, account("membre")).filter(pk=topic.pk)) == [topic]
    delete_comment(comment=reply, author=account("karim"))
    assert not topics_about(card, account("membre")).filter(pk=topic.pk).exists()


@pytest.mark.parametrize("text", ["https://autre.example{url}", "ftp:/{url}", "a{url}", "/pratiques/"])
def test_what_is_no_address_of_this_site_quotes_nothing(cip, ask, account, card, text):
    topic = ask(cip, account("karim"), body="Lisez " + text.format(url=card.url))
    assert not topic.quotations.exists()


@pytest.mark.parametrize("name", OUTSIDERS)
def test_talk_of_a_closed_group_is_neither_named_nor_counted_to_who_is_not_in(cip, ask, account, tool, name):
    person = account(name) if name else None
    before = page_of(tool, person)
    topic = ask(cip, account("karim"), title="Le café sans wifi", quoted_page=tool)
    for page in (page_of(tool, person), browser_of(person).get(reverse("talk_about", args=[tool.pk])).content.decode()):
        assert topic.title not in page
        assert cip.name not in page
    assert (f"{TITLE} (" in before) == (f"{TITLE} (" in page_of(tool, person))


def test_a_copy_for_the_device_names_no_talk_that_may_not_leave_the_site(cip, ask, account, tool):
    """A tool may be put aside by anybody; what is confided stays, unless the charter that its members accepted says so."""
    ask(cip, account("karim"), title="Le café sans wifi", quoted_page=tool)
    copy = {"headers": {COPY_HEADER: "1"}}
    assert "Le café sans wifi" not in browser_of(account("membre")).get(tool.url, **copy).content.decode()
    accept_charter(
        charter=publish_charter(group=cip, text="Copies permises", by=None, lets_copies_leave=True),
        user=account("membre"),
    )
    assert "Le café sans wifi" in browser_of(account("membre")).get(tool.url, **copy).content.decode()


def test_the_count_is_what_the_reader_may_read(cip, ask, account, tool):
    for number in range(5):
        ask(cip, account("karim"), title=f"Le café, question {number}", quoted_page=tool)
    mine = topics_about(tool, account("membre")).count()
    page = page_of(tool, account("membre"))
    assert f"{TITLE} ({mine})" in page
    assert reverse("talk_about", args=[tool.pk]) in page
    every = browser_of(account("membre")).get(reverse("talk_about", args=[tool.pk])).content.decode()
    assert all(f"Le café, question {number}" in every for number in range(5))


def test_a_card_leads_to_its_topics_and_to_a_new_one(card, account):
    page = page_of(card, account("membre"))
    assert reverse("talk_about", args=[card.pk]) in page
    assert reverse("talk_start", args=[card.pk]) in page


def test_who_is_in_one_group_opens_a_topic_on_the_card_at_once(card):
    person = member_of(GroupFactory())
    answer = browser_of(person).get(reverse("talk_start", args=[card.pk]), follow=True)
    assert f'value="{card.pk}" selected' in answer.content.decode()


def test_a_page_that_one_may_not_read_has_no_talk(account, card):
    PracticePage.objects.filter(pk=card.pk).update(visibility="members")
    assert browser_of(None).get(reverse("talk_about", args=[card.pk])).status_code == 404
