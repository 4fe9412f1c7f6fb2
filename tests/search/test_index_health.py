"""Coordinators see how search is doing, and ask for a new index."""

import pytest

from search.engines.elasticsearch import outbox as indexing
from search.engines.elasticsearch.models import Failure

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/reports/index-de-recherche/"


def read(browser) -> str:
    answer = browser.get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", [None, "membre", "partenaire", "animation", "edition"])
def test_others_do_not_see_it(signed_in, name):
    assert signed_in(name).get(ADDRESS).status_code in {302, 403}
    assert signed_in(name).post(ADDRESS).status_code in {302, 403}


def test_without_elasticsearch_there_is_nothing_to_do(signed_in):
    html = read(signed_in("coordination"))
    assert "PostgreSQL" in html
    assert "Reconstruire" not in html


def test_a_server_that_is_down_is_told_with_what_waits(signed_in, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    indexing.record(["page:1"])
    Failure.objects.create(during=Failure.During.PUSH, message="<b>Connection error</b>")
    html = read(signed_in("coordination"))
    assert "ne répond pas" in html
    assert "&lt;b&gt;Connection error" in html


def test_all_is_well_when_the_index_holds_everything(signed_in, elasticsearch):
    assert "n’existe pas encore" in read(signed_in("coordination"))
    indexing.rebuild()
    assert "Tout va bien" in read(signed_in("coordination"))


def test_a_rebuild_is_asked_once(signed_in, settings):
    from procrastinate.contrib.django.models import ProcrastinateJob

    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    browser = signed_in("coordination")
    for _click in range(2):
        assert browser.post(ADDRESS).status_code == 302
    assert ProcrastinateJob.objects.filter(queueing_lock="search-rebuild").count() == 1
