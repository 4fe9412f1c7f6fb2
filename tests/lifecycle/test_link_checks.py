"""External links are checked politely, on a real server of this machine; private addresses are never reached."""

import datetime
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from practices.board.panels import Scope, panels
from practices.lifecycle import link_fetching
from practices.lifecycle.link_extraction import addresses_of
from practices.lifecycle.models.links import ExternalLink, LinkUse
from practices.lifecycle.services.links import check_due_links, refresh_links
from practices.models import PracticePage


class Site(BaseHTTPRequestHandler):
    """Answers what its path asks: /200, /404, /503, /head-405, /to?<address>; it remembers who asked what."""

    seen: list[tuple[str, str, str]] = []
    robots = ""

    def answer(self, with_body):
        type(self).seen.append((self.command, self.path, self.headers["User-Agent"]))
        path, _mark, query = self.path.partition("?")
        if path == "/robots.txt":
            status, body = (200, self.robots.encode()) if self.robots else (404, b"")
        elif path == "/head-405":
            status, body = (405, b"") if self.command == "HEAD" else (200, b"bonjour")
        elif path == "/to":
            self.send_response(302)
            self.send_header("Location", query)
            self.end_headers()
            return
        else:
            status, body = int(path.strip("/")), b"bonjour"
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def do_GET(self):
        self.answer(True)

    def do_HEAD(self):
        self.answer(False)

    def log_message(self, *args):
        pass


@pytest.fixture
def elsewhere():
    """A site of somebody else, here: its address."""
    Site.seen, Site.robots = [], ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def check(db, elsewhere):
    """Return a function that makes one link to the other site due now, checks it and returns it."""

    def run(path):
        link, _created = ExternalLink.objects.get_or_create(
            url=elsewhere + path, host="127.0.0.1", defaults={"next_check_at": timezone.now()}
        )
        ExternalLink.objects.filter(pk=link.pk).update(next_check_at=timezone.now())
        check_due_links(may_reach=lambda ip, port: ip == "127.0.0.1", pause=lambda seconds: None)
        link.refresh_from_db()
        return link

    return run


def test_an_address_that_answers_is_checked_again_in_a_week(check):
    link = check("/200")
    assert link.state == ExternalLink.State.OK
    assert link.next_check_at - timezone.now() > datetime.timedelta(days=6)


def test_one_failure_is_not_yet_a_broken_link(check):
    link = check("/404")
    assert link.state == ExternalLink.State.FAILING
    assert link.next_check_at - timezone.now() < datetime.timedelta(days=1, minutes=1)


def test_three_failures_a_day_apart_make_a_broken_link_and_one_success_mends_it(check, elsewhere):
    for _day in range(3):
        link = check("/503")
    assert link.state == ExternalLink.State.BROKEN
    assert "503" in link.reason
    ExternalLink.objects.filter(pk=link.pk).update(url=elsewhere + "/200")
    assert check("/200").state == ExternalLink.State.OK


def test_a_site_that_does_not_understand_head_is_asked_with_get(check):
    assert check("/head-405").state == ExternalLink.State.OK
    assert [command for command, path, _agent in Site.seen if path == "/head-405"] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_site_that_refuses_robots_is_not_called_broken(check, status):
    for _day in range(3):
        link = check(f"/{status}")
    assert link.state == ExternalLink.State.UNCHECKED


def test_robots_txt_is_obeyed(check):
    Site.robots = "User-agent: *\nDisallow: /200\n"
    assert check("/200").state == ExternalLink.State.UNCHECKED
    assert [path for _command, path, _agent in Site.seen] == ["/robots.txt"]


def test_it_says_who_it_is(check):
    check("/200")
    assert all("PasseRelaisLiens" in agent and "http" in agent for _command, _path, agent in Site.seen)


def test_redirects_are_followed_and_loops_end(check, elsewhere):
    assert check(f"/to?{elsewhere}/200").state == ExternalLink.State.OK
    assert check("/to?/to?/200").state == ExternalLink.State.OK
    link = check("/to")
    assert link.state in (ExternalLink.State.FAILING, ExternalLink.State.OK)


def test_a_pause_separates_two_requests_to_the_same_host(db, elsewhere):
    for path in ("/200", "/404"):
        ExternalLink.objects.create(url=elsewhere + path, host="127.0.0.1", next_check_at=timezone.now())
    pauses = []
    check_due_links(may_reach=lambda ip, port: True, pause=pauses.append)
    assert pauses == [2.0, 2.0]


def test_a_crawl_delay_is_respected(db, elsewhere):
    Site.robots = "User-agent: *\nCrawl-delay: 7\n"
    ExternalLink.objects.create(url=elsewhere + "/200", host="127.0.0.1", next_check_at=timezone.now())
    pauses = []
    check_due_links(may_reach=lambda ip, port: True, pause=pauses.append)
    assert pauses == [7.0]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "::1",
     "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_no_private_address_is_public(address):
    assert not link_fetching.is_public(address, 80)


def test_only_the_ports_of_the_web_are_public():
    assert link_fetching.is_public("93.184.216.34", 443)
    assert not link_fetching.is_public("93.184.216.34", 22)
    assert not link_fetching.is_public("93.184.216.34", 5432)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "ftp://example.org/",
     "file:///etc/passwd", "http://user:secret@example.org/", "http://127.0.0.1:99999/", "gopher://127.0.0.1/"],
)  # fmt: skip
def test_a_request_to_this_machine_is_refused_before_any_byte_leaves(elsewhere, url):
    with pytest.raises((link_fetching.Forbidden, link_fetching.Unreachable)):
        link_fetching.fetch(url, method="GET", user_agent="essai")
    with pytest.raises(link_fetching.Forbidden):
        link_fetching.fetch(f"{elsewhere}/200", method="GET", user_agent="essai")
    assert Site.seen == []


def test_a_redirect_to_a_private_address_is_refused(elsewhere):
    port = int(elsewhere.rsplit(":", 1)[1])
    with pytest.raises(link_fetching.Forbidden):
        link_fetching.fetch(
            f"{elsewhere}/to?http://127.0.0.2:{port}/200",
            method="GET",
            user_agent="essai",
            may_reach=lambda ip, port: ip == "127.0.0.1",
        )
    assert [path for _command, path, _agent in Site.seen] == [f"/to?http://127.0.0.2:{port}/200"]


@pytest.mark.django_db
def test_addresses_are_found_in_every_field_and_never_our_own(settings):
    page = PracticePage.objects.get(slug="salle-relais")
    page.limits = "Voir (https://exemple.fr/a_(b)), http://exemple.fr/c#partie. Et " + settings.SITE_URL + "/pratiques/"
    found = addresses_of(page)
    source = "https://www.cnil.fr/fr/securite-securiser-les-postes-de-travail"
    assert {"https://exemple.fr/a_(b)", "http://exemple.fr/c", source} <= found
    assert not any(address.startswith(settings.SITE_URL) for address in found)


@pytest.mark.django_db
def test_listing_twice_keeps_what_is_known_and_forgets_what_is_gone():
    refresh_links()
    link = LinkUse.objects.first().link
    ExternalLink.objects.filter(pk=link.pk).update(state=ExternalLink.State.BROKEN)
    old = ExternalLink.objects.create(url="https://exemple.fr/parti", host="exemple.fr", next_check_at=timezone.now())
    refresh_links()
    link.refresh_from_db()
    assert link.state == ExternalLink.State.BROKEN
    assert not ExternalLink.objects.filter(pk=old.pk).exists()


def test_a_broken_link_is_on_the_board_of_the_network_of_its_page(account):
    refresh_links()
    page = LinkUse.objects.filter(page__url_path__contains="/chantiers-idf/").first().page
    ExternalLink.objects.filter(uses__page=page).update(
        state=ExternalLink.State.BROKEN, reason="page introuvable (404)", failing_since=timezone.now()
    )
    LinkUse.objects.exclude(page=page).delete()
    panel = next(panel for panel in panels() if panel.name == "liens")
    rows = panel.find(Scope(account("edition")), 5).rows
    assert {row.title for row in rows} == {page.title}
    assert "page introuvable (404)" in rows[0].facts
    assert panel.find(Scope(account("edition-numerique")), 5).count == 0
