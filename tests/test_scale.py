"""A page costs the same number of queries whether the site holds ten cards or a thousand."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange_groups.models import Topic
from kb_site.benchmarks.synthetic_content import populate_cards
from kb_site.benchmarks.synthetic_topics import populate_comments, populate_topics
from practices.comments.models import Comment
from practices.models import PracticePage
from search.entries import rebuild_entries

from .test_pages import PAGES

pytestmark = pytest.mark.django_db


def quiet(what: str, done: int) -> None: ...


def queries_of(browser) -> dict[str, int]:
    counts = {}
    for address in PAGES:
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        counts[address] = len(queries)
    return counts


def test_queries_do_not_grow_with_the_cards_and_comments(signed_in):
    browsers = {role: signed_in(role) for role in (None, "membre")}
    before = {role: queries_of(browser) for role, browser in browsers.items()}
    populate_cards(200, seed=1, progress=quiet)
    populate_comments(1_000, seed=1, progress=quiet)
    rebuild_entries()
    assert {role: queries_of(browser) for role, browser in browsers.items()} == before


def test_synthetic_content_is_whole_and_the_same_for_the_same_seed():
    populate_cards(30, seed=7, progress=quiet)
    populate_comments(10, seed=7, progress=quiet)
    cards = PracticePage.objects.filter(slug__startswith="synthese-")
    assert cards.count() == 30
    assert not any(card.publication_errors() for card in cards)
    assert cards.first().get_parent().get_children().count() == cards.first().get_parent().numchild
    threads = Comment.objects.filter(thread_id__in=Comment.objects.order_by("-pk")[:10].values("thread_id"))
    assert sorted(threads.values_list("order", flat=True)) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize("role", ["membre", "animation"])
def test_the_page_of_a_busy_topic_costs_the_same_queries_as_a_quiet_one(signed_in, role, account):
    busy, quieter = (Topic.objects.get(pk=pk) for pk in populate_topics(2, seed=3, progress=quiet))
    group = Topic.objects.get(title="Des casques pour la salle relais").group
    Topic.objects.filter(pk__in=[busy.pk, quieter.pk]).update(group=group)
    populate_comments(120, seed=3, progress=quiet, topics=[quieter.pk])
    populate_comments(3_000, seed=4, progress=quiet, topics=[busy.pk])
    browser = signed_in(role)
    counts = []
    for topic in (quieter, busy):
        topic.refresh_from_db()
        address = topic.get_absolute_url()
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(address)
        assert page.status_code == 200
        assert page.content.count(b'<article class="comment') == 20
        assert len(re.findall(rb"<[a-z]", page.content)) <= 250
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_synthetic_topics_know_their_replies():
    made = populate_topics(3, seed=5, progress=quiet)
    populate_comments(50, seed=5, progress=quiet, topics=made)
    topics = Topic.objects.filter(pk__in=made)
    assert sum(topic.reply_count for topic in topics) == 50
    assert all(topic.answer_count <= topic.reply_count for topic in topics)
