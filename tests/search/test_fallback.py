"""Searches are answered whatever happens to Elasticsearch, and it is asked again by itself when it is back."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser

from kb_site.accounts.principals import principals_of
from kb_site.circuit_breaker import CircuitBreaker
from search.engines.elasticsearch import outbox as indexing
from search.engines.elasticsearch import responses
from search.engines.elasticsearch.models import Failure, PendingChange
from search.engines.interface import EngineUnavailable
from search.queries import SearchQuery
from search.services import run_search

from .cut_line import Line
from .small_site import SmallSite


@contextmanager
def something_that_answers(answer: bytes | None) -> Iterator[str]:
    """Listen on a port and answer each connection with these bytes (None: never); yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held = []

        def serve() -> None:
            while True:
                try:
                    connection, _address = listening.accept()
                except OSError:
                    return
                held.append(connection)
                if answer is not None:
                    threading.Thread(target=send, args=[connection], daemon=True).start()

        def send(connection: socket.socket) -> None:
            try:
                connection.recv(65536)
                connection.sendall(answer)
                connection.close()
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        for connection in held:
            connection.close()


def http(status: str, body: str = "{}") -> bytes:
    head = f"HTTP/1.1 {status}\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


ONE_SEARCH_FAILED = '{"responses": [{"hits": {"hits": []}}, {"error": {"type": "some_exception"}, "status": %d}]}'


@pytest.fixture(autouse=True)
def closed_breaker():
    responses.breaker.succeeded()
    yield
    responses.breaker.succeeded()


def search():
    visitor = AnonymousUser()
    return run_search(SearchQuery(text="zoom", principals=principals_of(visitor)), user=visitor)


@pytest.mark.django_db
class TestAFailingServer:
    @pytest.fixture(autouse=True)
    def expected(self, settings):
        """What PostgreSQL answers: the same must come whatever Elasticsearch does."""
        settings.ELASTICSEARCH_TIMEOUT = 0.3
        settings.ELASTICSEARCH_RETRY_AFTER = 60
        self.expected = [hit.entry.key for hit in search().hits]
        assert self.expected

    def test_when_it_is_down_postgresql_answers(self, settings):
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
        assert [hit.entry.key for hit in search().hits] == self.expected

    @pytest.mark.parametrize(
        "answer",
        [http("500 Internal Server Error"), http("503 Service Unavailable"), http("404 Not Found"),
         http("429 Too Many Requests"), http("401 Unauthorized"), http("200 OK", "not json"), http("200 OK", "{}"),
         http("400 Bad Request"), b"nonsense\r\n\r\n", b"", http("200 OK", ONE_SEARCH_FAILED % 503),
         http("200 OK", '{"responses": [{}, {}]}'), http("200 OK", '{"responses": []}')],
    )  # fmt: skip
    def test_when_it_answers_nonsense_postgresql_answers(self, settings, answer):
        with something_that_answers(answer) as settings.ELASTICSEARCH_URL:
            assert [hit.entry.key for hit in search().hits] == self.expected

    def test_when_it_is_slow_postgresql_answers_within_the_budget(self, settings):
        with something_that_answers(None) as settings.ELASTICSEARCH_URL:
            start = time.monotonic()
            assert [hit.entry.key for hit in search().hits] == self.expected
            assert time.monotonic() - start < 5
            start = time.monotonic()
            search()  # the next one is not made to wait at all
            assert time.monotonic() - start < 0.3

    def test_one_failure_is_noted_once(self, settings):
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
        settings.ELASTICSEARCH_RETRY_AFTER = 0
        for _turn in range(3):
            search()
        assert Failure.objects.filter(during=Failure.During.SEARCH).count() == 1

    @pytest.mark.parametrize("answer", [http("400 Bad Request"), http("200 OK", ONE_SEARCH_FAILED % 400)])
    def test_a_refused_request_does_not_close_the_door_to_the_others(self, settings, answer):
        with something_that_answers(answer) as settings.ELASTICSEARCH_URL:
            search()
        assert responses.breaker.lets_through(60)
        assert not Failure.objects.exists()

    def test_with_too_much_left_to_hide_postgresql_answers(self, settings, monkeypatch):
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
        monkeypatch.setattr(indexing, "MAX_HIDDEN", 1)
        indexing.record(["page:1", "page:2"], hides=True)
        assert [hit.entry.key for hit in search().hits] == self.expected
        assert not Failure.objects.exists()


def test_only_one_caller_tries_again():
    breaker = CircuitBreaker()
    assert breaker.failed(pause=0.05)
    assert not breaker.lets_through(0.05)
    time.sleep(0.06)
    assert [breaker.lets_through(0.05) for _caller in range(3)] == [True, False, False]
    assert breaker.succeeded()
    assert breaker.lets_through(0.05)


@pytest.fixture
def line(elasticsearch, settings):
    """Lead the site to Elasticsearch by a line that may be cut: a server of one's own takes a quarter of a minute twice."""
    line = Line(elasticsearch)
    settings.ELASTICSEARCH_URL = line.url
    yield line
    line.cut()


@pytest.mark.usefixtures("committed_site")
def test_a_server_that_stops_and_comes_back(line, settings):
    """Stopped during writes and searches: nothing written is lost, every search is answered, all comes back."""
    settings.ELASTICSEARCH_TIMEOUT = 5
    settings.ELASTICSEARCH_RETRY_AFTER = 0.2
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    site = SmallSite(ElasticsearchEngine())
    for number in range(10):
        site.add(f"page:{number + 900}", title="Cerise")
    indexing.push()
    line.cut()
    for number in range(10):
        site.add(f"page:{number + 950}", title="Prune")
        site.remove(f"page:{number + 900}")
        run_search(SearchQuery(text="cerise", principals=frozenset({"public"})), user=AnonymousUser())
        with pytest.raises(EngineUnavailable):
            indexing.push()
    assert PendingChange.objects.count() == 20
    line.mend()
    indexing.watch_over()
    assert not PendingChange.objects.exists()
    assert site.search("prune").total == 10
    assert site.search("cerise").total == 0
    time.sleep(0.3)
    run_search(SearchQuery(text="prune", principals=frozenset({"public"})), user=AnonymousUser())
    assert responses.breaker.lets_through(60)
