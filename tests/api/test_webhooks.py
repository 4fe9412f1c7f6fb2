"""Other sites told of what is published, changed, withdrawn: signed, of what all may read, tried again."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.api.models import Webhook
from kb_site.api.webhooks import PUBLISHED, RETIRED, NotTaken, send
from practices.models import PracticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver():
    """A site that takes messages: its address, what it received, the status that it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.received.append((dict(self.headers), body))
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.received, server.status = [], 204
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhook(receiver, account):
    address = f"http://127.0.0.1:{receiver.server_port}/avis"
    return Webhook.objects.create(name="essai", address=address, created_by=account("admin"))


def queued():
    jobs = ProcrastinateJob.objects.filter(task_name="api.send_webhook").order_by("id")
    return [(job.args["event"], job.args["page"]["id"]) for job in jobs]


def hand_over(webhook, page, event=PUBLISHED, **told):
    page = {"id": page.pk, "type": "fiche", "title": page.title, "url": "x"}
    send(webhook=webhook.pk, event=event, page=page, message="m-1", may_reach=lambda *_address: True, **told)


def test_a_card_published_changed_then_withdrawn_is_announced_and_a_card_for_members_is_not(webhook):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    closed = PracticePage.objects.live().filter(visibility="membres").first()
    for page in (card, closed):
        page.save_revision().publish()
        page.refresh_from_db()
        page.unpublish()
    assert queued() == [("page.updated", card.pk), ("page.retired", card.pk)]


def test_the_message_is_signed_and_says_what_the_page_says_now(webhook, receiver):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    hand_over(webhook, card)
    headers, body = receiver.received[0]
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert json.loads(body)["data"]["title"] == card.title
    webhook.refresh_from_db()
    assert webhook.last_answer == "204"


def test_a_site_that_does_not_take_it_is_asked_again_and_a_page_closed_meanwhile_is_not_told(webhook, receiver):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    receiver.status = 503
    with pytest.raises(NotTaken):
        hand_over(webhook, card)
    PracticePage.objects.filter(pk=card.pk).update(visibility="membres")
    hand_over(webhook, card)
    assert len(receiver.received) == 1
    receiver.status = 200
    hand_over(webhook, card, event=RETIRED)
    assert len(receiver.received) == 2


def test_an_address_of_a_private_network_gets_nothing(webhook, receiver):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    page = {"id": card.pk, "type": "fiche", "title": card.title, "url": "x"}
    send(webhook=webhook.pk, event=PUBLISHED, page=page, message="m-2")
    webhook.refresh_from_db()
    assert receiver.received == []
    assert "réseau privé" in webhook.last_answer


def test_only_administrators_say_which_addresses_are_told(signed_in):
    where = "/admin/ouvrir/avis/"
    assert signed_in("edition").get(where).status_code in {302, 403}
    browser = signed_in("admin")
    assert browser.post(where, {"name": "x", "address": "http://example.org/"}).status_code == 422
    page = browser.post(where, {"name": "Réseau", "address": "https://example.org/avis"}, follow=True).content.decode()
    assert "whsec_" in page
    assert "whsec_" not in browser.get(where).content.decode()
    browser.post(where, {"retirer": Webhook.objects.get().pk})
    assert not Webhook.objects.exists()
