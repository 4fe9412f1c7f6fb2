"""Other sites told of what all may read: published, changed, withdrawn. Signed as Standard Webhooks says, tried again.

A receiver computes `v1,` + base64(HMAC-SHA256(secret, "id.timestamp.body")) and compares it with `webhook-signature`; the same
`webhook-id` twice is the same message.
"""

import base64
import hashlib
import hmac
import json
import time
import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from kb_site.addresses import absolute
from kb_site.jobs import defer
from practices.lifecycle.link_fetching import Forbidden, MayReach, Unreachable, is_public, post

from .models import SECRET_PREFIX, Webhook
from .reading import KINDS, in_short, kind_of

PUBLISHED, UPDATED, RETIRED = "page.published", "page.updated", "page.retired"
USER_AGENT = "Passe-relais-webhooks/1"
TAKEN = range(200, 300)


class NotTaken(Exception):
    """The other site did not take the message: the worker tries again later."""


def announce(event: str, page: Any) -> None:
    """Queue a message for each address, with the change that it tells of; of what visitors do not read, nothing is said."""
    if not page.is_open_to(AnonymousUser()):
        return
    told = {"id": page.pk, "type": kind_of(page), "title": page.title, "url": absolute(page.get_url_parts()[2])}
    for webhook in Webhook.objects.values_list("pk", flat=True):
        defer("api.send_webhook", webhook=webhook, event=event, page=told, message=str(uuid.uuid4()))


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message (Standard Webhooks 1.0)."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.new(key, f"{message}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def send(*, webhook: int, event: str, page: dict[str, Any], message: str, may_reach: MayReach = is_public) -> None:
    """Hand one message over. Raises NotTaken when it must be tried again.

    A page that visitors do not read any more by now is not told of; an address that leads to a private network gets nothing.
    """
    target = Webhook.objects.filter(pk=webhook).first()
    if target is None:
        return
    if event != RETIRED:
        model = KINDS[page["type"]]
        current = model.objects.visible_to(AnonymousUser()).filter(pk=page["id"]).first()
        if current is None:
            return
        page = in_short(current)
    body = json.dumps(
        {"type": event, "timestamp": timezone.now().isoformat(), "data": page}, ensure_ascii=False
    ).encode()
    now = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(target.secret, message, now, body),
    }
    try:
        status = post(target.address, body=body, headers=headers, user_agent=USER_AGENT, may_reach=may_reach)
    except Forbidden:
        _note(target, _("adresse refusée : elle mène à un réseau privé"))
        return
    except Unreachable as error:
        _note(target, str(error))
        raise NotTaken(str(error)) from error
    _note(target, str(status))
    if status not in TAKEN:
        raise NotTaken(str(status))


def _note(target: Webhook, answer: str) -> None:
    Webhook.objects.filter(pk=target.pk).update(last_sent_at=timezone.now(), last_answer=answer[:100])
