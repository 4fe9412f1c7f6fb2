"""Web push: the browser's own service wakes the person's phone. It learns that something waits, nothing else: the message
is sealed for the browser, and holds a number and no word of anybody's.

What is told, to whom and when is decided as for mails (decide.py, digests.py); here it is composed when it leaves, with the
rights of that moment, and sent to each device where the person asked for it.
"""

import base64
import json
import logging
import os
import re
from dataclasses import asdict, dataclass
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

import http_ece
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from py_vapid import Vapid02

from kb_site.accounts.models import User
from kb_site.identity.face import face
from kb_site.mailing.tokens import stop_token

from .models import Cadence, Notification, PushChoice, PushSubscription
from .page_context import Line, lines_of

logger = logging.getLogger(__name__)

SCOPE = "telephone"  # of stop links
TOPIC = "nouveautes"  # a message that was not delivered yet gives way to the next
KEPT_BY_SERVICE = 24 * 3600  # seconds during which the service tries to reach the device
TIMEOUT = 10
MOST_DEVICES = 10  # of a person: whoever asks for more is told on the latest
# An address that everybody reads alike: `urlsplit` and what sends it disagree on « \ », « @ », « % » before the path.
ENDPOINT = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?/[!-~]*")
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
DELIVERED = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT}


class PushFailed(Exception):
    """The service did not take the message, and may later."""


@dataclass(frozen=True)
class Message:
    """What the phone shows. `url`: where a tap leads; `stop`: what one tap posts to receive no more."""

    title: str
    body: str
    url: str
    stop: str
    tag: str = TOPIC


def is_open() -> bool:
    """Whether this site has a key to sign its messages."""
    return bool(settings.WEB_PUSH_PRIVATE_KEY)


@cache
def _vapid(key: str) -> Vapid02:
    return Vapid02.from_string(key)


def public_key() -> str:
    """Return the key by which browsers recognise this site, in URL-safe base64."""
    point = _vapid(settings.WEB_PUSH_PRIVATE_KEY).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return _encoded(point)


def is_known_service(endpoint: str) -> bool:
    """Whether this address is one of a browser's service (settings.WEB_PUSH_SERVICES): the site writes to no other."""
    asked = ENDPOINT.fullmatch(endpoint)
    if asked is None:
        return False
    for service in settings.WEB_PUSH_SERVICES:
        known = urlsplit(service)
        host, wanted = asked["host"], known.hostname or ""
        same = host == wanted or (wanted.startswith("any.") and host.endswith(wanted.removeprefix("any")))
        if same and (asked["scheme"], asked["port"]) == (known.scheme, str(known.port) if known.port else None):
            return True
    return False


def wants_push(*, person: int, cadence: str) -> PushChoice | None:
    """Return how a person chose to be told by phone at this cadence; None when they did not, or have no device."""
    if not is_open() or not PushSubscription.objects.filter(user=person).exists():
        return None
    return PushChoice.objects.filter(user=person, cadence=cadence).first()


def compose(*, person: int, notifications: list[int]) -> Message | None:
    """Return what to say of these notifications now; None when nothing is left to say."""
    user = User.objects.filter(pk=person, is_active=True).first()
    if user is None or not user.is_approved:
        return None
    rows = Notification.objects.filter(pk__in=notifications, recipient=user, read_at=None).select_related("actor")
    lines = lines_of(rows, user)
    if not lines:
        return None
    stop = reverse("stop_mails", args=[stop_token(person=person, scope=SCOPE)])
    return Message(face().name, words_of(lines), reverse("notification_list"), stop)


def words_of(lines: list[Line]) -> str:
    """Say how many things there are to read, and of what kind when it is one: no name, no title, no word of theirs."""
    kinds = {line.kind.name: line.kind for line in lines}
    if len(kinds) == 1 and (count := next(iter(kinds.values())).count) is not None:
        return count(len(lines))
    number = len(lines)
    words = ngettext("%(number)d nouvelle chose à lire", "%(number)d nouvelles choses à lire", number)
    return words % {"number": number}


def send(subscription: PushSubscription, message: Message) -> None:
    """Hand a message to the service of one device; forget the device when it is gone. Raises PushFailed."""
    if not is_known_service(subscription.endpoint) or _has_left(subscription):
        subscription.delete()
        return
    sealed = http_ece.encrypt(
        json.dumps(asdict(message)).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_decoded(subscription.p256dh),
        auth_secret=_decoded(subscription.auth),
        version="aes128gcm",
    )
    parts = urlsplit(subscription.endpoint)
    claims = {"sub": settings.WEB_PUSH_CONTACT, "aud": f"{parts.scheme}://{parts.netloc}"}
    headers = _vapid(settings.WEB_PUSH_PRIVATE_KEY).sign(claims) | {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_BY_SERVICE),
        "Topic": TOPIC,
        "Urgency": "normal",
    }
    try:
        answer = requests.post(
            subscription.endpoint, data=sealed, headers=headers, timeout=TIMEOUT, allow_redirects=False
        )
    except requests.RequestException as error:
        # Its words hold the address of the device, which whoever reads the log would have.
        raise PushFailed(type(error).__name__) from None
    if answer.status_code in GONE:
        subscription.delete()
    elif answer.status_code not in DELIVERED:
        logger.warning("A push service answered %s", answer.status_code)
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise PushFailed


def _has_left(subscription: PushSubscription) -> bool:
    """Whether the session in which the person asked for it has ended: signed out, here or from another device."""
    now = timezone.now()
    return not Session.objects.filter(session_key=subscription.session_key, expire_date__gt=now).exists()


@transaction.atomic
def subscribe(*, user: User, endpoint: str, p256dh: str, auth: str, session_key: str, device: str) -> PushSubscription:
    """Tell this person on this device from now on. A device belongs to the last account that asked on it.

    Raises ValueError for an address that is of no known service, or keys that are none.
    """
    if not is_known_service(endpoint):
        raise ValueError("unknown push service")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(p256dh))
    if len(_decoded(auth)) != 16:  # noqa: PLR2004 - RFC 8291
        raise ValueError("not an authentication secret")
    fields = {"user": user, "p256dh": p256dh, "auth": auth, "session_key": session_key, "device": device}
    try:
        PushSubscription(endpoint=endpoint, **fields).clean_fields()
    except ValidationError as error:
        raise ValueError("not what a browser gives") from error
    stored, _made = PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=fields)
    too_many = user.push_subscriptions.order_by("-pk").values("pk")[MOST_DEVICES:]
    PushSubscription.objects.filter(pk__in=too_many).exclude(pk=stored.pk).delete()
    if not PushChoice.objects.filter(user=user).exists():
        PushChoice.objects.create(user=user, cadence=Cadence.AT_ONCE)
    return stored


def choose(*, user: User, choices: dict[str, str]) -> None:
    """Store, by cadence, whether one is told by phone as well as by mail, instead of it, or not at all ("")."""
    for cadence, way in choices.items():
        if way:
            PushChoice.objects.update_or_create(user=user, cadence=cadence, defaults={"way": way})
        else:
            PushChoice.objects.filter(user=user, cadence=cadence).delete()


def stop_all(person: int) -> None:
    """Tell a person on no device any more: what one tap on a message does. Mails come back where they had given way."""
    PushSubscription.objects.filter(user=person).delete()
    PushChoice.objects.filter(user=person).delete()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def new_private_key() -> str:
    """Return a new key for settings.WEB_PUSH_PRIVATE_KEY."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _encoded(number.to_bytes(32, "big"))
