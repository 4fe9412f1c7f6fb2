"""A page costs the same number of queries whether the site holds ten cards or a thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb_site.home.synthetic_content import populate_cards, populate_comments
from practices.models import Comment, PracticePage
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


@pytest.mark.parametrize("role", [None, "membre"])
def test_queries_do_not_grow_with_the_cards_and_comments(signed_in, role):
    browser = signed_in(role)
    before = queries_of(browser)
    populate_cards(200, seed=1, progress=quiet)
    populate_comments(1_000, seed=1, progress=quiet)
    rebuild_entries()
    assert queries_of(browser) == before


def test_synthetic_content_is_whole_and_the_same_for_the_same_seed():
    populate_cards(30, seed=7, progress=quiet)
    populate_comments(10, seed=7, progress=quiet)
    cards = PracticePage.objects.filter(slug__startswith="synthese-")
    assert cards.count() == 30
    assert not any(card.publication_errors() for card in cards)
    assert cards.first().get_parent().get_children().count() == cards.first().get_parent().numchild
    threads = Comment.objects.filter(thread_id__in=Comment.objects.order_by("-pk")[:10].values("thread_id"))
    assert sorted(threads.values_list("order", flat=True)) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
