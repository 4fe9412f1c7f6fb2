"""Telling phones: a push service of our own on this machine receives what the site sends, and opens it as a browser would."""

import base64
import json
import threading
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from kb_site.mailing.models import Delivery
from kb_site.notifications import push
from kb_site.notifications.models import Notification, PushChoice, PushSubscription
from kb_site.personal_data import erase_belongings, export_of
from tests.factories import GroupFactory, member_of, say, topic_in

pytestmark = pytest.mark.django_db
AUTH = b"0123456789abcdef"


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Service:
    """A push service with one browser behind it."""

    def __init__(self):
        self.status = 201
        self.received = []
        self.key = ec.generate_private_key(ec.SECP256R1())
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.received.append((self.path, dict(self.headers), body))
                self.send_response(service.status)
                self.end_headers()

            def log_message(self, *_words):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def keys(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": f"{self.origin}/w/1", "p256dh": text(point), "auth": text(AUTH)}

    def opened(self) -> dict[str, str]:
        """What the browser reads of the last message."""
        sealed = self.received[-1][2]
        return json.loads(http_ece.decrypt(sealed, private_key=self.key, auth_secret=AUTH, version="aes128gcm"))


@pytest.fixture
def service(settings):
    made = Service()
    settings.WEB_PUSH_PRIVATE_KEY = push.new_private_key()
    settings.WEB_PUSH_SERVICES = [made.origin]
    settings.WEB_PUSH_CONTACT = "mailto:contact@example.org"
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def phone(signed_in, service):
    """« membre » has asked to be told on this browser."""
    browser = signed_in("membre")
    assert browser.post(reverse("push_subscribe"), service.keys).status_code == 201
    return browser


@pytest.fixture
def answered(account):
    """Return a function that answers the topic of « membre », and the topic."""
    group = GroupFactory()
    topic = topic_in(group, author=member_of(group, account("membre")), title="Un titre confié")
    return lambda: say(topic, member_of(group), "Des mots confiés")


@pytest.fixture
def tell(perform):
    """Return a function that runs everything from events to phones."""

    def run() -> None:
        for name in ("spread", "gather", "push", "push_to_device"):
            perform(name)

    return run


def test_a_phone_is_told_how_much_there_is_to_read_and_no_word_of_anybody(phone, service, answered, tell):
    answered()
    tell()
    path, headers, sealed = service.received[0]
    assert path == "/w/1"
    assert service.opened()["body"] == "1 réponse dans un de vos groupes"
    assert service.opened()["url"] == reverse("notification_list")
    assert "confié" not in json.dumps(service.opened(), ensure_ascii=False)
    assert b"groupes" not in sealed
    assert (headers["Content-Encoding"], headers["Topic"]) == ("aes128gcm", push.TOPIC)
    # The site signs as itself, for this service.
    token, key = (part.split("=", 1)[1] for part in headers["Authorization"].removeprefix("vapid ").split(","))
    assert key == push.public_key()
    raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    claims = jwt.decode(token, public, algorithms=["ES256"], audience=service.origin)
    assert claims["sub"] == "mailto:contact@example.org"


def test_several_things_make_one_number(phone, service, answered, tell):
    answered()
    answered()
    tell()
    assert len(service.received) == 1
    assert service.opened()["body"] == "2 réponses dans vos groupes"


def test_the_mail_leaves_beside_unless_the_phone_stands_in_for_it(phone, service, answered, tell, account):
    answered()
    tell()
    assert Delivery.objects.count() == 1
    phone.post(reverse("push_settings"), {"at_once": "instead", "daily": ""})
    answered()
    tell()
    assert (len(service.received), Delivery.objects.count()) == (2, 1)
    # No device any more: the mail comes back.
    phone.post(reverse("push_drop", args=[PushSubscription.objects.get().pk]))
    answered()
    tell()
    assert (len(service.received), Delivery.objects.count()) == (2, 2)


def test_what_was_read_or_closed_meanwhile_is_not_told(phone, service, answered, perform, account):
    answered()
    for name in ("spread", "gather"):
        perform(name)
    Notification.objects.filter(recipient=account("membre")).first()
    account("membre").group_memberships.all().delete()
    for name in ("push", "push_to_device"):
        perform(name)
    assert service.received == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(phone, service, answered, tell, status):
    service.status = status
    answered()
    tell()
    assert not PushSubscription.objects.exists()


def test_a_service_that_is_ill_is_tried_again(phone, service, answered, perform):
    service.status = 503
    answered()
    for name in ("spread", "gather", "push"):
        perform(name)
    with pytest.raises(push.PushFailed):
        perform("push_to_device")
    assert PushSubscription.objects.exists()


def test_a_service_out_of_reach_writes_no_address_of_a_device_in_the_log(phone, service, answered, perform):
    answered()
    for name in ("spread", "gather", "push"):
        perform(name)
    service.server.shutdown()
    service.server.server_close()
    with pytest.raises(push.PushFailed) as failure:
        perform("push_to_device")
    assert "/w/1" not in "".join(traceback.format_exception(failure.value))


def test_the_end_of_the_session_is_the_end_of_the_device(phone, service, answered, tell):
    phone.post(reverse("account_logout"))
    answered()
    tell()
    assert service.received == []
    assert not PushSubscription.objects.exists()


def test_one_tap_on_a_message_stops_them_all(phone, service, answered, tell, client):
    answered()
    tell()
    stop = service.opened()["stop"]
    assert client.get(stop).status_code == 200
    assert PushSubscription.objects.exists()  # reading stops nothing
    assert "messages sur vos appareils" in client.post(stop).content.decode()
    assert not PushSubscription.objects.exists()
    assert not PushChoice.objects.exists()


def test_the_site_writes_to_the_services_of_browsers_alone(signed_in, service, settings):
    settings.WEB_PUSH_SERVICES = ["https://fcm.googleapis.com", "https://any.push.apple.com"]
    ask = signed_in("membre").post
    for endpoint in (
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://push.apple.com.example.org/x",
        "https://u@web.push.apple.com/x",
        "https://fcm.googleapis.com:8443/x",
        "http://127.0.0.1/x",
        "",
        # Read otherwise by who checks an address than by who writes to it.
        "https://169.254.169.254\\.push.apple.com/x",
        "https://127.0.0.1\\@web.push.apple.com/x",
        "https://:p@web.push.apple.com/x",
        "https://127.0.0.1%5c.push.apple.com/x",
        "https://web.push.apple.com /x",
        # More than the table holds.
        "https://web.push.apple.com/" + "x" * 1000,
    ):
        assert ask(reverse("push_subscribe"), service.keys | {"endpoint": endpoint}).status_code == 422
    good = {"endpoint": "https://web.push.apple.com/x"}
    assert ask(reverse("push_subscribe"), service.keys | good).status_code == 201
    assert ask(reverse("push_subscribe"), service.keys | good | {"p256dh": "AAAA"}).status_code == 422
    assert ask(reverse("push_subscribe"), service.keys | good | {"auth": "é"}).status_code == 422
    padded = {name: service.keys[name] + "!" * 200 for name in ("p256dh", "auth")}
    assert ask(reverse("push_subscribe"), service.keys | good | padded).status_code == 422


def test_the_last_devices_of_a_person_are_told_and_no_endless_number_of_them(signed_in, service, account):
    ask = signed_in("membre").post
    for number in range(push.MOST_DEVICES + 2):
        given = service.keys | {"endpoint": f"{service.origin}/{number}"}
        assert ask(reverse("push_subscribe"), given).status_code == 201
    kept = set(account("membre").push_subscriptions.values_list("endpoint", flat=True))
    assert kept == {f"{service.origin}/{number + 2}" for number in range(push.MOST_DEVICES)}


def test_a_stored_address_of_no_service_is_written_to_no_more(phone, service, settings, account):
    settings.WEB_PUSH_SERVICES = ["https://any.push.apple.com"]
    device = account("membre").push_subscriptions.get()
    PushSubscription.objects.update(endpoint="https://127.0.0.1\\.push.apple.com/x")
    device.refresh_from_db()
    push.send(device, push.Message("", "", "/", "/"))
    assert not PushSubscription.objects.exists()


def test_without_a_key_of_the_site_nothing_is_offered(signed_in, settings):
    settings.WEB_PUSH_PRIVATE_KEY = ""
    browser = signed_in("membre")
    assert reverse("push_settings") not in browser.get(reverse("mail_settings")).content.decode()
    assert browser.get(reverse("push_settings")).status_code == 404


def test_the_settings_show_each_device_and_its_cadences(phone, service):
    page = phone.get(reverse("push_settings")).content.decode()
    assert "Prévenir cet appareil" in page
    assert "Tout de suite" in page
    assert reverse("push_settings") in phone.get(reverse("mail_settings")).content.decode()


def test_devices_are_named_without_their_keys_and_go_with_the_account(phone, service, account):
    export = export_of(account("membre"))
    assert export["notifications.PushSubscription.user"][0].keys() == {"id", "user", "device", "created_at"}
    erase_belongings(account("membre"))
    assert not PushSubscription.objects.exists()
    assert not PushChoice.objects.exists()
