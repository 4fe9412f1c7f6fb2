"""Two webhooks for the mail server, closed unless MAIL_WEBHOOK_SECRET is set: what bounced, and what was answered.

See docs/mail.md. Both ask for « Authorization: Bearer <secret> »; neither writes an address in the logs.
"""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kb_site.mailing.bounces import record_problem, record_success
from kb_site.mailing.delivery_reports import DELIVERED, read_report
from kb_site.mailing.models import AddressProblem
from kb_site.mailing.return_path import person_behind

from .email_parser import addressed_to, header, read_message
from .replies import receive

LARGEST_MAIL = 20 * 1024 * 1024
REPORTS_AT_ONCE = 1000
KINDS = tuple(AddressProblem.Kind.values)
LONGEST_ADDRESS = 254


def secret_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to whoever holds the secret shared with the mail server; the door does not exist without one."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        secret = settings.MAIL_WEBHOOK_SECRET
        if not secret:
            raise Http404
        if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {secret}"):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        return view(request)

    return wrapped


@secret_required
def mail_reports(request: HttpRequest) -> HttpResponse:
    """Record what became of mails: {"events": [{"type": "bounce", "email": "…", "id": "…"}]}, line by line.

    A line that is odd, or of a type unknown here, is counted and left out: servers add types, and send again for days a
    batch that is refused. The same id twice is counted once. Or one mail as a server sent it back to the return path of
    ours (message/rfc822).
    """
    if request.content_type == "message/rfc822":
        taken = take_report(request.read(LARGEST_MAIL))
        return JsonResponse({"recorded": int(taken), "ignored": int(not taken)})
    try:
        events = json.loads(request.body)["events"]
    except (ValueError, KeyError, TypeError):
        events = None
    if not isinstance(events, list):
        return JsonResponse({"error": "events: [{type, email, id}]"}, status=HTTPStatus.BAD_REQUEST)
    if len(events) > REPORTS_AT_ONCE:
        return JsonResponse({"error": f"{REPORTS_AT_ONCE} events at most"}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    recorded = sum(map(_record, events))
    return JsonResponse({"recorded": recorded, "ignored": len(events) - recorded})


def _record(event: Any) -> bool:
    """Record one line; False when it says nothing that we understand."""
    try:
        kind, address, identity = event["type"], event["email"], event.get("id") or ""
        validate_email(address)
    except (KeyError, TypeError, AttributeError, ValidationError):
        return False
    if not address.isascii() or len(address) > LONGEST_ADDRESS:
        return False
    if kind == DELIVERED:
        record_success(email=address, event=str(identity))
    elif kind in KINDS:
        record_problem(email=address, kind=kind, event=str(identity))
    else:
        return False
    return True


def take_report(raw: bytes) -> bool:
    """Record a report of delivery; False for what is none, or came to an address that we did not give."""
    message = read_message(raw)
    person = next(filter(None, map(person_behind, addressed_to(message))), None)
    said = read_report(message) if person else ""
    if person is None or not said:
        return False
    return _record({"type": said, "email": person.email, "id": header(message, "Message-ID")})


@secret_required
def mail_replies(request: HttpRequest) -> HttpResponse:
    """Take one message as the mail server received it (RFC 5322 bytes); the answer says what became of it."""
    raw = request.read(LARGEST_MAIL + 1)
    if len(raw) > LARGEST_MAIL:
        return JsonResponse({"error": "too large"}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    received = receive(raw)
    return JsonResponse({"outcome": received.outcome if received else "unknown"})
